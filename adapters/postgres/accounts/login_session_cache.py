"""Cached login sessions. An entry lives for half a minute, or until a notification of the database drops it."""

from dataclasses import dataclass
from time import monotonic
from uuid import UUID

import msgspec

from adapters.postgres.accounts.login_sessions import to_method
from adapters.postgres.accounts.people import to_language
from adapters.postgres.engine.listener import Listener
from adapters.postgres.engine.reader import Reader
from domain.accounts.account import Account, Role
from domain.accounts.device import Device
from domain.accounts.login_session import IdleMinutes, LoginSession
from domain.ports.people import LoginSessionLookup

CHANNEL = "calendra_logins"
_KEPT = 30.0  # seconds
_MOST = 10_000
_account = msgspec.json.Decoder(tuple[UUID, UUID])

_QUESTION = b"""
SELECT s.account_id, s.made_at, s.used_at, coalesce(s.proved_at, s.made_at),
    s.browser, s.system, s.network, coalesce(s.new_browser, false), s.method,
    coalesce(s.two_factors, false), o.second_factor_from,
    a.email, a.name, a.roles, a.zone, a.language, o.idle_minutes
FROM login_sessions s JOIN accounts a ON a.organization_id = s.organization_id AND a.id = s.account_id
    JOIN organizations o ON o.organization_id = s.organization_id
WHERE s.organization_id = %(organization_id)s AND s.token_hash = %(token_hash)s AND a.ended_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class _Remembered:
    found: tuple[LoginSession, Account]
    until: float


class CachedLoginSessions(LoginSessionLookup):
    """`_era` counts invalidations: the cache drops an answer that was queried in an earlier era."""

    def __init__(self, reader: Reader, listener: Listener) -> None:
        self._reader = reader
        self._listener = listener
        self._remembered: dict[tuple[UUID, bytes], _Remembered] = {}
        self._era = 0
        listener.join(self._hear, self._lost)

    async def account(self, organization_id: UUID, token_hash: bytes) -> tuple[LoginSession, Account] | None:
        remembered = self._remembered.get((organization_id, token_hash))
        if remembered and remembered.until > monotonic():
            return remembered.found
        era = self._era
        found = await self._ask(organization_id, token_hash)
        if found and era == self._era and self._listener.healthy:
            self._remember((organization_id, token_hash), found)
        return found

    def forget(self, organization_id: UUID, token_hash: bytes) -> None:
        self._era += 1
        self._remembered.pop((organization_id, token_hash), None)

    def forget_account(self, organization_id: UUID, account_id: UUID) -> None:
        self._era += 1
        theirs = (organization_id, account_id)
        gone = [key for key, it in self._remembered.items() if (key[0], it.found[1].id) == theirs]
        for key in gone:
            del self._remembered[key]

    async def _ask(self, organization_id: UUID, token_hash: bytes) -> tuple[LoginSession, Account] | None:
        row = await self._reader.first(_QUESTION, organization_id=organization_id, token_hash=token_hash)
        if row is None:
            return None
        (
            account_id,
            made_at,
            used_at,
            proved_at,
            browser,
            system,
            network,
            new_browser,
            method,
            two_factors,
            second_factor_from,
            email,
            name,
            roles,
            zone,
            language,
            idle_minutes,
        ) = row
        account = Account(
            organization_id, account_id, email, name, frozenset(map(Role, roles)), zone, to_language(language)
        )
        device = Device(browser, system, network)
        log_in = LoginSession(
            organization_id,
            token_hash,
            account_id,
            made_at,
            used_at,
            proved_at,
            device,
            new_browser,
            IdleMinutes(idle_minutes),
            to_method(method),
            two_factors,
            second_factor_from,
        )
        return log_in, account

    def _remember(self, key: tuple[UUID, bytes], found: tuple[LoginSession, Account]) -> None:
        if len(self._remembered) >= _MOST:
            self._remembered.clear()  # rare, and cheaper than keeping an order
        self._remembered[key] = _Remembered(found, monotonic() + _KEPT)

    def _hear(self, channel: str, payload: str) -> None:
        if channel != CHANNEL:
            return
        self.forget_account(*_account.decode(payload))

    def _lost(self) -> None:
        self._era += 1
        self._remembered.clear()
