"""The data that remains in the database of a client who was erased over HTTP."""

from hashlib import sha256
from uuid import uuid4

from tests.integration.data.rows import rows
from tests.real_processes import ADMIN, ANA, Service
from tests.running_practice import RunningPractice


def test_nothing_of_an_erased_client_is_in_any_table(calendra: Service) -> None:
    admin, word = calendra.browser(ADMIN), uuid4().hex
    form = {"name": f"Žiga {word}", "email": f"{word}@example.org", "phone": f"040 {word}"}
    client = admin.api("POST", "/api/clients", json=form, headers={"Idempotency-Key": uuid4().hex}).json()
    path = f"/api/clients/{client['id']}"
    admin.api("PATCH", path, json={"name": f"Šuštar {word}"}).raise_for_status()
    admin.api("POST", f"{path}/notes", json={"day": "2026-03-02", "text": f"Called {word}."}).raise_for_status()
    session = RunningPractice(calendra).book(ANA, f"About {word}", online=False, client_ids=[client["id"]], notes=word)
    draft = {"form": {"client_ids": [client["id"]], "clients": [client]}}
    admin.api("PUT", f"/api/drafts/{uuid4()}", json=draft).raise_for_status()
    other = admin.api("POST", "/api/clients", json={"name": f"Double of {word}"}).json()
    admin.api("POST", f"{path}/merge", json={"other_id": other["id"]}).raise_for_status()
    assert _tables_with(calendra, word) == {"clients", "contact_notes", "bookings", "audit_log", "drafts"}
    refused = admin.api("POST", f"{path}/erasure", json={})
    assert (refused.status_code, refused.json()["data"]) == (409, {"count": 1})
    receipt = admin.api("POST", f"{path}/erasure", json={"end_coming": True}).raise_for_status().json()
    assert receipt["email_hash"] == sha256(form["email"].encode()).hexdigest()
    assert _tables_with(calendra, word) == set()
    shown = admin.api("GET", f"/api/bookings/{session['id']}").json()
    assert (shown["status"], [one["name"] for one in shown["clients"]]) == ("cancelled", [""])


def _tables_with(calendra: Service, word: str) -> set[str]:
    return {table for table, found in rows(calendra.environment["CALENDRA_DATABASE_URL"]).items() if word in str(found)}
