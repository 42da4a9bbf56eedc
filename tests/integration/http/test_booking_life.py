"""What the API adds to a session's life: versions, keys against repetition, and a history with names."""

from typing import Any
from uuid import uuid4

from tests.integration.http.conftest import Api


async def test_the_etag_changes_with_the_session_and_old_ones_are_refused(api: Api) -> None:
    path = f"/api/bookings/{api.practice.things['booking_id']}"
    first = {"If-Match": (await api.ask("Ana", "GET", path)).headers["etag"]}
    changed = await api.ask("Ana", "PATCH", path, json={"title": "New"}, headers=dict(first))
    assert (changed.status_code, changed.headers["etag"] == first["If-Match"]) == (200, False)
    stale = await api.ask("Ana", "PATCH", path, json={"title": "Older"}, headers=dict(first))
    assert (stale.status_code, stale.json()["code"], stale.json()["data"]) == (412, "changed_meanwhile", {"version": 2})
    for method, end in (("POST", "/cancel"), ("DELETE", "")):
        assert (await api.refused("Ana", method, path + end, headers=dict(first)))[:2] == (412, "changed_meanwhile")
    cancelled = await api.ask("Ana", "POST", f"{path}/cancel", headers={"If-Match": changed.headers["etag"]})
    assert cancelled.status_code == 200
    assert (await api.refused("Ana", "POST", f"{path}/restore", headers=dict(first)))[0] == 412
    newest = {"If-Match": cancelled.headers["etag"]}
    assert (await api.ask("Ana", "POST", f"{path}/restore", headers=newest)).json()["status"] == "planned"


async def test_a_key_stands_for_one_request_of_one_person(api: Api) -> None:
    links = f"/api/connections/north/{api.practice.things['consultant_id']}/links"
    other = f"/api/connections/north/{api.practice.accounts['Bor'].id}/links"
    client = {"name": "Ela", "email": "ela@example.org"}
    for who, path, form, another in (
        ("Ana", "/api/bookings", api.form(), {"json": api.form(title="Another")}),
        ("Ana", "/api/clients", client, {"json": client | {"name": "Eli"}}),
        ("Admin", links, None, {"path": other}),
    ):
        key = {"Idempotency-Key": uuid4().hex}

        async def send(
            path: str = path, who: str = who, json: Any = form, key: dict[str, str] = key
        ) -> tuple[int, dict[str, Any]]:
            answer = await api.ask(who, "POST", path, headers=dict(key), **({} if json is None else {"json": json}))
            return answer.status_code, answer.json()

        first, again = await send(), await send()
        assert (first[0], again) == (201, first)
        refused = await send(**another)
        assert (refused[0], refused[1]["code"]) == (422, "idempotency_key_reused")
    mine = await api.ask("Bor", "POST", "/api/clients", json=client, headers=dict(key))
    assert mine.status_code == 201, "a key belongs to the person who sent it"


async def test_a_repetition_after_a_deletion_is_refused_and_creates_nothing(api: Api) -> None:
    form, key = api.form(), {"Idempotency-Key": uuid4().hex}
    booked = await api.ask("Ana", "POST", "/api/bookings", json=form, headers=dict(key))
    assert (await api.ask("Ana", "DELETE", f"/api/bookings/{booked.json()['id']}")).status_code == 204
    for wanted in (form, api.form(title="Another")):
        answer = await api.ask("Ana", "POST", "/api/bookings", json=wanted, headers=dict(key))
        assert (answer.status_code, answer.json()["code"]) == (410, "idempotency_result_gone")
    fresh = await api.ask("Ana", "POST", "/api/bookings", json=form, headers={"Idempotency-Key": uuid4().hex})
    assert fresh.status_code == 201, "its slot is free"


async def test_the_history_names_people_and_no_link(api: Api) -> None:
    session = await api.booked("Ana", online=True, provider="north")
    path = f"/api/bookings/{session['id']}"
    await api.ask("Admin", "PATCH", path, json={"title": "Renamed"})
    await api.ask("Admin", "POST", f"{path}/cancel")
    history = await api.told("Ana", f"{path}/history")
    assert [(line["action"], line["reason"]) for line in history] == [
        ("booked", None), ("create", "new"), ("edited", None), ("change", "edited"), ("cancelled", None),
        ("remove", "cancelled"),
    ]  # fmt: skip
    people, ours = [line for line in history if line["actor"]], [line for line in history if not line["actor"]]
    assert [(line["actor"], line["on_behalf_of_name"]) for line in people[1:]] == [("Admin", "Ana")] * 2
    assert {(line["outcome"], line["actor_id"], line["host"]) for line in ours} == {("done", None, "Ana")}
    assert session["meeting"]["join_link"] not in str(history)


async def test_a_title_that_the_provider_cuts_is_told_in_the_history(api: Api) -> None:
    title = "Ž" * 300
    session = await api.booked("Ana", online=True, provider="north", title=title)
    assert session["title"] == title
    history = await api.told("Ana", f"/api/bookings/{session['id']}/history")
    created = next(line for line in history if line["action"] == "create")
    longest = api.site.container.meeting_providers()["north"].longest_title
    assert created["facts"]["title_shortened_to"] == longest
