"""The application runs on the in-memory adapters alone, with two providers."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest

from domain.accounts.account import Account, Role
from tests.in_memory_app import InMemoryApp, in_memory_app

Practice = tuple[InMemoryApp, Account, str]


@pytest.fixture
async def practice() -> AsyncIterator[Practice]:
    async with in_memory_app() as running:
        organization, _ = await running.found("Linden Practice", "Maja")
        ana = await running.add_people("Ana", Role.CONSULTANT, organization=organization)
        await running.log_in(ana)
        client = await running.api("POST", "/api/clients", json={"name": "Eva", "email": "eva@example.org"})
        yield running, ana, client.json()["id"]


def form(consultant: UUID, client: str, **changes: Any) -> dict[str, Any]:
    right = {
        "consultant_id": str(consultant),
        "client_ids": [client],
        "starts_at": "2027-03-02T10:00:00+01:00",
        "ends_at": "2027-03-02T10:50:00+01:00",
        "zone": "Europe/Ljubljana",
        "title": "First talk",
        "online": True,
        "provider": "north",
    }
    return right | changes


async def connect(running: InMemoryApp, name: str) -> str:
    """Ana consents at the provider of this name; answers her user id there."""
    world = running.worlds[name]
    user_id = world.add_person("Ana", f"ana@{name}.example").user_id
    started = (await running.api("POST", f"/api/connections/{name}", json={})).json()
    code = world.approve(started["authorize_address"], user_id)
    state = parse_qs(urlsplit(started["authorize_address"]).query)["state"][0]
    done = await running.api("POST", f"/api/connections/{name}/callback", json={"code": code, "state": state})
    assert done.status_code == 200, done.text
    return user_id


async def test_connect_book_switch_provider_cancel(practice: Practice) -> None:
    running, ana, client = practice
    refused = await running.api("POST", "/api/bookings", json=form(ana.id, client))
    assert refused.json()["code"] == "connection_needed"
    north = await connect(running, "north")
    booked = (await running.api("POST", "/api/bookings", json=form(ana.id, client))).json()
    assert booked["meeting"]["status"] == "ready"
    path = f"/api/bookings/{booked['id']}"
    needs_south = await running.api("PATCH", path, json={"provider": "south"})
    assert (needs_south.status_code, needs_south.json()["data"]["provider"]) == (409, "south")
    south = await connect(running, "south")
    switched = (await running.api("PATCH", path, json={"provider": "south"})).json()
    assert switched["meeting"]["status"] == "ready"
    assert switched["meeting"]["join_link"] != booked["meeting"]["join_link"]
    assert not running.worlds["north"].meetings_of(north)
    assert len(running.worlds["south"].meetings_of(south)) == 1
    cancelled = (await running.api("POST", f"{path}/cancel")).json()
    assert (cancelled["status"], cancelled["meeting"]["status"]) == ("cancelled", "none")
    assert not running.worlds["south"].meetings_of(south)


async def test_the_same_form_twice_is_one_session(practice: Practice) -> None:
    running, ana, client = practice
    north = await connect(running, "north")
    key = {"Idempotency-Key": str(uuid4())}
    answers = [
        await running.api("POST", "/api/bookings", json=form(ana.id, client), headers=dict(key)) for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    other = await running.api("POST", "/api/bookings", json=form(ana.id, client, title="Else"), headers=dict(key))
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert len(running.worlds["north"].meetings_of(north)) == 1


async def test_a_sign_in_ends_after_fourteen_days(practice: Practice) -> None:
    running, _, _ = practice
    for days in (6, 6, 1):
        running.clock.move(timedelta(days=days))
        assert (await running.api("GET", "/api/me")).status_code == 200
    running.clock.move(timedelta(hours=23))
    assert (await running.api("GET", "/api/me")).status_code == 200
    running.clock.move(timedelta(hours=2))
    expired = await running.api("GET", "/api/me")
    assert (expired.status_code, expired.json()["code"]) == (401, "signed_out")


async def test_an_attempt_ends_after_ten_minutes_and_the_form_is_kept(
    practice: tuple[InMemoryApp, Account, str],
) -> None:
    running, ana, client = practice
    refused = (await running.api("POST", "/api/bookings", json=form(ana.id, client))).json()["data"]
    world = running.worlds["north"]
    code = world.approve(refused["authorize_address"], world.add_person("Ana", "ana@north.example").user_id)
    state = parse_qs(urlsplit(refused["authorize_address"]).query)["state"][0]
    running.clock.move(timedelta(minutes=10))
    late = await running.api("POST", "/api/connections/north/callback", json={"code": code, "state": state})
    assert (late.status_code, late.json()["code"]) == (410, "authorization_request_expired")
    assert late.json()["data"]["draft_id"] == refused["draft_id"]
    kept = await running.api("GET", f"/api/drafts/{refused['draft_id']}")
    assert kept.json()["form"]["title"] == "First talk"


async def test_one_practice_sees_nothing_of_another(practice: Practice) -> None:
    running, ana, client = practice
    await connect(running, "north")
    booked = (await running.api("POST", "/api/bookings", json=form(ana.id, client))).json()
    draft = str(uuid4())
    (await running.api("PUT", f"/api/drafts/{draft}", json={"form": {"title": "mine"}})).raise_for_status()
    _, stranger = await running.found("Oak Practice", "Olga")
    await running.log_in(stranger)
    for method, path in [
        ("GET", f"/api/bookings/{booked['id']}"),
        ("GET", f"/api/bookings/{booked['id']}/history"),
        ("POST", f"/api/bookings/{booked['id']}/cancel"),
        ("DELETE", f"/api/bookings/{booked['id']}"),
        ("GET", f"/api/drafts/{draft}"),
        ("GET", f"/api/consultants/{ana.id}/history"),
        ("GET", f"/api/connections/north/{ana.id}/preview"),
        ("DELETE", f"/api/connections/north/{ana.id}"),
        ("POST", f"/api/connections/north/{ana.id}/links"),
    ]:
        answer = await running.api(method, path)
        assert answer.status_code in (404, 409), (method, path, answer.text)
        assert "Ana" not in answer.text
    erased = await running.api("POST", "/api/erasures", json={"email": ana.email})
    assert erased.status_code == 404
    assert (await running.api("GET", "/api/clients")).json() == []
    assert (await running.api("GET", "/api/consultants")).json() == []
    listed = await running.api("GET", "/api/bookings?start=2027-03-01T00:00:00Z&until=2027-04-01T00:00:00Z")
    assert listed.json()["items"] == []
    foreign = await running.api("POST", "/api/bookings", json=form(ana.id, client))
    assert (foreign.status_code, foreign.json()["fields"][0]["field"]) == (422, "consultant_id")
    roles = await running.api("PUT", f"/api/people/{stranger.id}/roles", json={"roles": ["admin", "consultant"]})
    assert roles.status_code == 200, roles.text
    foreign = await running.api("POST", "/api/bookings", json=form(stranger.id, client, online=False, provider=None))
    assert (foreign.status_code, foreign.json()["fields"][0]["field"]) == (422, "client_ids")
