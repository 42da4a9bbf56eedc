"""The practice's clients over HTTP."""

from uuid import uuid4

from tests.running import ANA, BORIS, Service


def test_a_repeated_request_adds_a_client_once(calendra: Service) -> None:
    ana, name, key = calendra.browser(ANA), uuid4().hex, {"Idempotency-Key": "the same request"}
    form = {"name": name, "email": "eva@example.org"}
    first, again = (ana.api("POST", "/api/clients", json=form, headers=key).json() for _ in range(2))
    assert again == first
    assert ana.api("GET", f"/api/clients?text={name}").json() == [first]
    other = ana.api("POST", "/api/clients", json=form | {"name": "Ela"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    mine = calendra.browser(BORIS).api("POST", "/api/clients", json=form, headers=key).json()
    assert mine["id"] != first["id"], "a key belongs to the person who sent it"
