"""What is kept for a time only is removed some at a time, the oldest first, and nothing else with it."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from domain.accounts.account import Role
from domain.accounts.founding import Founding
from domain.accounts.invitation import Invitation
from domain.accounts.known_browser import KnownBrowser
from domain.accounts.login_session import LoginSession
from domain.booking.draft import Draft
from domain.connection.authorization_request import AuthorizationRequest
from domain.connection.connect_link import ConnectLink
from domain.creation import Creation
from domain.ports.unit_of_work import UnitOfWork
from domain.security.event import EventKind, SecurityEvent
from tests.contract.storage.practice import NOW, PROVIDER, Practice, Storage

Add = Callable[[UnitOfWork, Practice, int, datetime], Awaitable[object]]
Remove = Callable[[UnitOfWork, datetime, int], Awaitable[int]]


def _key(number: int) -> bytes:
    return bytes([number])


KINDS: dict[str, tuple[Add, Remove]] = {
    "sign-ins": (
        lambda work, here, n, at: work.login_sessions.add(LoginSession.begin(here.id, _key(n), here.ana.id, now=at)),
        lambda work, moment, most: work.login_sessions.remove_made_before(moment, most=most),
    ),
    "unused sign-ins": (
        lambda work, here, n, at: work.login_sessions.add(LoginSession(here.id, _key(n), here.ana.id, NOW, at, NOW)),
        lambda work, moment, most: work.login_sessions.remove_unused_since(moment, most=most),
    ),
    "known browsers": (
        lambda work, here, n, at: work.known_browsers.save(KnownBrowser(here.id, _key(n), here.ana.id, at)),
        lambda work, moment, most: work.known_browsers.remove_used_before(moment, most=most),
    ),
    "authorization_requests": (
        lambda work, here, n, at: work.authorization_requests.add(
            AuthorizationRequest(here.id, _key(n), here.ana.id, b"s", PROVIDER, "v", at)
        ),
        lambda work, moment, most: work.authorization_requests.remove_started_before(moment, most=most),
    ),
    "links to connect": (
        lambda work, here, n, at: work.connect_links.add(
            ConnectLink(here.id, _key(n), here.ana.id, PROVIDER, here.admin.id, at)
        ),
        lambda work, moment, most: work.connect_links.remove_made_before(moment, most=most),
    ),
    "security events": (
        lambda work, here, n, at: work.security_log.add(SecurityEvent(EventKind.SIGN_IN, at, here.id)),
        lambda work, moment, most: work.security_log.remove_before(moment, most=most),
    ),
    "invitations": (
        lambda work, here, n, at: work.invitations.add(
            Invitation(here.id, UUID(int=n), _key(n), "x@example.com", "X", frozenset(Role), here.admin.id, at)
        ),
        lambda work, moment, most: work.invitations.remove_made_before(moment, most=most),
    ),
    "foundings": (
        lambda work, here, n, at: work.foundings.add(Founding(UUID(int=n), _key(n), at, only_first=True)),
        lambda work, moment, most: work.foundings.remove_made_before(moment, most=most),
    ),
    "drafts": (
        lambda work, here, n, at: work.drafts.save(Draft(here.id, UUID(int=n), here.ana.id, "{}", at)),
        lambda work, moment, most: work.drafts.remove_saved_before(moment, most=most),
    ),
    "creating requests": (
        lambda work, here, n, at: work.creations.add(Creation.of(here.id, UUID(int=n), {}, at=at)),
        lambda work, moment, most: work.creations.remove_asked_before(moment, most=most),
    ),
    "notices": (
        lambda work, here, n, at: work.processed_events.first_time(PROVIDER, str(n), now=at),
        lambda work, moment, most: work.processed_events.remove_seen_before(moment, most=most),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_some_at_a_time_and_nothing_that_is_young(storage: Storage, practice: Practice, kind: str) -> None:
    add, remove = KINDS[kind]
    ages = [0, 5, 3, 1, 4]  # the one that is just as old as the moment stays
    async with storage.begin() as work:
        for number, days in enumerate(ages):
            await add(work, practice, number, NOW - timedelta(days=days))
        await work.commit()
    async with storage.begin() as work:
        assert await remove(work, NOW - timedelta(days=1), 2) == 2
        assert await remove(work, NOW - timedelta(days=3), 9) == 0, "the oldest were to go first"
        assert await remove(work, NOW - timedelta(days=1), 2) == 1
        assert await remove(work, NOW - timedelta(days=1), 2) == 0
        assert await remove(work, NOW + timedelta(days=1), 9) == 2
