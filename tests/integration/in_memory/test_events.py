"""The stream of changes to open pages, where it ends without being told to."""

from dataclasses import replace
from uuid import UUID

import pytest

from application.accounts.log_in import Origin, Visitor
from domain.accounts.account import Account
from domain.accounts.login_session import LoginSession
from domain.errors import StorageUnavailable
from domain.ports.people import LoginSessionLookup
from entrypoints.http.events import messages
from tests.in_memory_app import PASSWORD, in_memory_app


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
        visitor = Visitor(logged_in.account, logged_in.login.hash)
        away = replace(log_in, lookup=_Away())
        stream = messages(visitor, logged_in.login.text, away, running.container.changes())
        assert [message.comment async for message in stream] == ["connected"]
