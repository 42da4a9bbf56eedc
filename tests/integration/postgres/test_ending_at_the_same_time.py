"""Ending an account while the person, or another admin, does something else."""

import asyncio
import base64
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest

from application.accounts.add_people import Person
from application.accounts.log_in import Origin
from application.connection.complete_connection import AuthorizationResponse
from application.secret import Secret
from domain.accounts.account import Account, Role
from domain.accounts.errors import LastAdmin, LoginFailed, NotLoggedIn, ResetLinkInvalid
from domain.accounts.organization import Organization
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.errors import StorageUnavailable
from entrypoints.postgres_storage import postgres_storage
from tests.in_memory_app import PASSWORD, SETTINGS, InMemoryApp, in_memory_app

KEEP = MeetingsOnDisconnect.KEEP
NEW = "another password for tests"
ROUNDS = 12


@pytest.fixture
async def app(database: str) -> AsyncIterator[InMemoryApp]:
    """On PostgreSQL."""
    keys = base64.urlsafe_b64encode(bytes(range(32))).decode()
    settings = msgspec.structs.replace(SETTINGS, database_url=database, token_keys=keys)
    async with in_memory_app(settings, postgres_storage(settings)) as running:
        yield running


async def _people(app: InMemoryApp, *roles: Role) -> tuple[Organization, Account, Account]:
    organization, admin = await app.found("Practice", f"Admin{uuid4().hex[:6]}")
    person = Person(uuid4(), "Lea", f"{uuid4().hex[:8]}@example.com", PASSWORD, frozenset(roles or {Role.CONSULTANT}))
    return organization, admin, await app.container.add_people().person(organization, person)


async def _logins_left(app: InMemoryApp, person: Account) -> int:
    async with app.container.begin()() as work:
        ended: int = await work.login_sessions.remove_of_account(person.organization_id, person.id)
    return ended


async def test_who_signs_in_during_the_end_is_out(app: InMemoryApp) -> None:
    log_in, end = app.container.log_in(), app.container.end_account()
    _, admin, lea = await _people(app)
    for number in range(ROUNDS):
        app.clock.move(timedelta(hours=1))  # no client has to wait
        made = await app.container.make_reset_link()(admin, lea.id)
        await app.container.use_reset_link()(made.secret.text, NEW, Origin(f"192.0.{number}.1"))
        await log_in(lea.email, NEW, Origin(f"192.0.{number}.9"))
        results = await asyncio.gather(
            *(log_in(lea.email, NEW, Origin(f"192.0.{number}.{place}")) for place in range(2, 5)),
            end(admin, lea.id, KEEP),
            *(log_in(lea.email, NEW, Origin(f"192.0.{number}.{place}")) for place in range(5, 8)),
            return_exceptions=True,
        )
        failed = [one for one in results if isinstance(one, BaseException)]
        assert [one for one in failed if not isinstance(one, LoginFailed)] == []
        assert await _logins_left(app, lea) == 0
        await app.container.restore_account()(admin, lea.id)


async def test_a_reset_link_and_the_end_at_once_leave_nobody_in(app: InMemoryApp) -> None:
    _, admin, lea = await _people(app)
    for number in range(ROUNDS):
        app.clock.move(timedelta(hours=1))
        made = await app.container.make_reset_link()(admin, lea.id)
        used, _, _ = await asyncio.gather(
            app.container.use_reset_link()(made.secret.text, NEW, Origin(f"192.0.{number}.1")),
            app.container.end_account()(admin, lea.id, KEEP),
            app.container.use_reset_link()(made.secret.text, NEW, Origin(f"192.0.{number}.2")),
            return_exceptions=True,
        )
        assert not isinstance(used, BaseException) or isinstance(used, ResetLinkInvalid)
        assert await _logins_left(app, lea) == 0
        with pytest.raises(LoginFailed):
            await app.container.log_in()(lea.email, NEW, Origin(f"192.0.{number}.3"))
        await app.container.restore_account()(admin, lea.id)


async def test_two_admins_who_end_each_other_leave_one(app: InMemoryApp) -> None:
    for _ in range(3):
        _, one, other = await _people(app, Role.ADMIN)
        end = app.container.end_account()
        results = await asyncio.gather(end(one, other.id, KEEP), end(other, one.id, KEEP), return_exceptions=True)
        failed = [found for found in results if isinstance(found, BaseException)]
        assert [type(found) for found in failed] == [LastAdmin]


async def test_a_consent_that_comes_back_after_the_end_connects_nobody(app: InMemoryApp) -> None:
    """The request passed the check of its login just before."""
    _, admin, lea = await _people(app)
    world = app.worlds["north"]
    user = world.add_person(lea.name, lea.email)
    redirect = await app.container.connect_provider()(lea, b"a browser", "north")
    state = redirect.address.partition("state=")[2].partition("&")[0]
    code = world.approve(redirect.address, user.user_id)
    use, bind = app.container.use_authorization_request(), app.container.complete_connection()
    assert Secret.read(state)
    original = use.__call__

    async def use_and_end(*given: object) -> object:
        found = await original(*given)  # type: ignore[arg-type]
        await app.container.end_account()(admin, lea.id, KEEP)
        return found

    object.__setattr__(bind, "use_request", use_and_end)
    with pytest.raises(NotLoggedIn):
        await bind(lea, b"a browser", "north", AuthorizationResponse(state, code))
    async with app.container.begin()() as work:
        assert await work.connections.of_consultant(lea.organization_id, lea.id) == []


async def test_ending_and_disconnecting_at_once_wait_for_each_other(app: InMemoryApp) -> None:
    _, admin, lea = await _people(app)
    world = app.worlds["north"]
    user = world.add_person(lea.name, lea.email)
    for _ in range(4):
        redirect = await app.container.connect_provider()(lea, b"a browser", "north")
        state = redirect.address.partition("state=")[2].partition("&")[0]
        back = AuthorizationResponse(state, world.approve(redirect.address, user.user_id))
        await app.container.complete_connection()(lea, b"a browser", "north", back)
        results = await asyncio.gather(
            app.container.end_account()(admin, lea.id, KEEP),
            app.container.disconnect_provider()(admin, lea.id, "north", KEEP),
            return_exceptions=True,
        )
        assert [one for one in results if isinstance(one, StorageUnavailable)] == [], "a deadlock"
        async with app.container.begin()() as work:
            assert await work.connections.of_consultant(lea.organization_id, lea.id) == []
        await app.container.restore_account()(admin, lea.id)
