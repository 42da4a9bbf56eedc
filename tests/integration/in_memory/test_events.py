"""The stream of changes to open pages: which page gets which, and when the stream ends by itself."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from application.accounts.log_in import LoggedIn, Origin
from domain.accounts.account import Account, Role
from domain.accounts.login_session import LoginSession
from domain.booking.booking import BookingDetails
from domain.errors import StorageUnavailable
from domain.ports.people import LoginSessionLookup
from domain.slot import Slot
from entrypoints.http.events import messages
from tests.in_memory_app import NOON, PASSWORD, in_memory_app

HOUR = timedelta(hours=1)


class _Away(LoginSessionLookup):
    async def account(self, organization_id: UUID, token_hash: bytes) -> tuple[LoginSession, Account] | None:
        raise StorageUnavailable


async def test_ends_quietly_while_nobody_can_tell_who_is_signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page comes back by itself; an error in the middle of a stream would only fill the log."""
    monkeypatch.setattr("entrypoints.http.events._HEARTBEAT", 0.01)
    async with in_memory_app() as running:
        _, ana = await running.found("Linden Practice", "Ana")
        log_in = running.container.log_in()
        logged_in = await log_in(ana.email, PASSWORD, Origin("192.0.2.1"))
        assert isinstance(logged_in, LoggedIn)
        visitor = await log_in.recognise(logged_in.login.text)
        away = replace(log_in, lookup=_Away())
        stream = messages(visitor, logged_in.login.text, away, running.container.changes())
        assert [message.comment async for message in stream] == ["connected"]


async def test_consultants_are_told_of_their_own_sessions_only() -> None:
    async with in_memory_app() as running:
        organization, maja = await running.found("Linden Practice", "Maja")
        people = [await running.add_people(name, Role.CONSULTANT, organization=organization) for name in ("Ana", "Bor")]
        log_in, clients = running.container.log_in(), running.container.manage_clients()
        client = await clients.add(maja, uuid4(), "Eva", "eva@example.org")
        logged_in = await log_in(people[0].email, PASSWORD, Origin("192.0.2.1"))
        assert isinstance(logged_in, LoggedIn)
        visitor = await log_in.recognise(logged_in.login.text)
        stream = messages(visitor, logged_in.login.text, log_in, running.container.changes())
        assert (await anext(stream)).comment == "connected"
        slot = Slot(NOON + HOUR, NOON + 2 * HOUR, "Europe/Ljubljana")
        book = running.container.create_booking()
        ids = [
            await book(maja, uuid4(), BookingDetails(who.id, (client.id,), slot, "Talk", "", False, None))
            for who in reversed(people)
        ]
        told = await asyncio.wait_for(anext(stream), 10)
    assert (told.event, str(ids[1]) in str(told.data), str(ids[0]) in str(told.data)) == ("booking", True, False)
