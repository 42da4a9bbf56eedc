"""A login ends after the idle time of its practice, and only what a person does is a use."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from application.accounts.log_in import LoggedIn, Origin
from domain.accounts.login_session import IdleMinutes
from domain.security.event import EventKind, SecurityLogQuery
from entrypoints.http.events import messages
from tests.in_memory_app import PASSWORD, InMemoryApp, in_memory_app

MINUTE = timedelta(minutes=1)
BY_ITSELF = {"x-calendra-unattended": "true"}


@pytest.fixture
async def app() -> AsyncIterator[InMemoryApp]:
    """Maja, an admin, is signed in; her practice has chosen 15 minutes."""
    async with in_memory_app() as running:
        _, maja = await running.found("Practice", "Maja")
        await running.log_in(maja)
        (await running.api("PUT", "/api/practice/idle-time", json={"minutes": 15})).raise_for_status()
        yield running


async def _status(app: InMemoryApp, headers: dict[str, str] | None = None) -> int:
    return (await app.api("GET", "/api/me", headers=headers or {})).status_code


async def test_it_ends_without_use_and_lasts_with_it(app: InMemoryApp) -> None:
    for _ in range(20):
        app.clock.move(14 * MINUTE)
        assert await _status(app) == 200
    app.clock.move(15 * MINUTE)
    assert await _status(app) == 401


async def test_what_a_page_does_by_itself_is_no_use(app: InMemoryApp) -> None:
    for _ in range(14):
        app.clock.move(MINUTE)
        assert await _status(app, BY_ITSELF) == 200
    app.clock.move(MINUTE)
    assert await _status(app, BY_ITSELF) == 401


async def test_the_stream_of_changes_is_no_use_and_ends_with_the_login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entrypoints.http.events._HEARTBEAT", 0.01)
    async with in_memory_app() as app:
        _, maja = await app.found("Practice", "Maja")
        await app.log_in(maja)
        (await app.api("PUT", "/api/practice/idle-time", json={"minutes": 15})).raise_for_status()
        log_in = app.container.log_in()
        logged_in = await log_in(maja.email, PASSWORD, Origin("192.0.2.1"))
        assert isinstance(logged_in, LoggedIn)
        token = logged_in.login.text
        stream = messages(await log_in.recognise(token), token, log_in, app.container.changes())
        assert (await anext(stream)).comment == "connected"
        app.clock.move(14 * MINUTE)
        assert (await anext(stream)).comment == "still here"
        app.clock.move(MINUTE)
        assert [one.comment async for one in stream] == []


async def test_the_remaining_time_is_told_without_using_it(app: InMemoryApp) -> None:
    async def seconds(headers: dict[str, str]) -> int:
        return int((await app.api("GET", "/api/login/remaining", headers=headers)).raise_for_status().json()["seconds"])

    app.clock.move(10 * MINUTE)
    assert [await seconds(BY_ITSELF) for _ in range(2)] == [300, 300]
    assert await seconds({}) == 900
    assert await seconds(BY_ITSELF) == 900


async def test_the_change_is_in_the_history_and_the_security_log(app: InMemoryApp) -> None:
    practice = (await app.api("GET", "/api/me")).json()["practice"]
    assert practice["idle_minutes"] == IdleMinutes.QUARTER
    (await app.api("PUT", "/api/practice/idle-time", json={"minutes": 15})).raise_for_status()
    async with app.container.begin()() as work:
        admin = await work.people.account_by_email("maja@example.com")
        assert admin
        query = SecurityLogQuery(kinds=frozenset({EventKind.IDLE_TIME_CHANGED}))
        events = await work.security_log.page(admin[0].organization_id, query)
        entries = await work.audit_log.of(admin[0].organization_id, admin[0].organization_id)
    assert [one.event.actor_id for one in events] == [admin[0].id], "setting the same again changes nothing"
    assert [one.facts.changed for one in entries if one.facts.changed] == [("idle_minutes",)]


@pytest.mark.parametrize("minutes", [0, 16, -1, 100_000, None])
async def test_only_the_times_that_are_offered_can_be_chosen(app: InMemoryApp, minutes: object) -> None:
    answer = await app.api("PUT", "/api/practice/idle-time", json={"minutes": minutes})
    assert answer.status_code == 400
