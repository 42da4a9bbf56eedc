"""Login sessions, known browsers and login attempts in memory."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from adapters.in_memory.retention import oldest
from adapters.in_memory.state import State
from domain.accounts.account import Account
from domain.accounts.gcra import GcraState
from domain.accounts.known_browser import KnownBrowser
from domain.accounts.login_session import LoginSession
from domain.ports.people import KnownBrowsers, LoginAttempts, LoginSessionLookup, LoginSessions


class InMemoryLoginSessions(LoginSessions):
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, log_in: LoginSession) -> None:
        self._state.must_have_account(log_in.organization_id, log_in.account_id)
        self._state.login_sessions[(log_in.organization_id, log_in.token_hash)] = log_in
        key, hour = (
            (log_in.organization_id, log_in.account_id),
            log_in.made_at.replace(minute=0, second=0, microsecond=0),
        )
        if (stored := self._state.accounts[key]).last_login_at != hour:
            self._state.accounts[key] = replace(stored, last_login_at=hour)

    async def account(self, organization_id: UUID, token_hash: bytes) -> tuple[LoginSession, Account] | None:
        log_in = self._state.login_sessions.get((organization_id, token_hash))
        if log_in is None:
            return None
        account = self._state.accounts[(organization_id, log_in.account_id)].account
        demanded = self._state.organizations[organization_id].second_factor_from
        shown = replace(self._with_idle_time(log_in), second_factor_from=demanded)
        return None if account.ended else (shown, account)

    async def note_use(self, log_in: LoginSession) -> None:
        key = (log_in.organization_id, log_in.token_hash)
        if present := self._state.login_sessions.get(key):
            self._state.login_sessions[key] = replace(present, used_at=log_in.used_at)

    async def of_account(self, organization_id: UUID, account_id: UUID) -> Sequence[LoginSession]:
        all_here = self._state.login_sessions.items()
        mine = (organization_id, account_id)
        theirs = [self._with_idle_time(it) for key, it in all_here if (key[0], it.account_id) == mine]
        return sorted(theirs, key=lambda it: (it.used_at, it.token_hash), reverse=True)

    async def acknowledge(self, log_in: LoginSession) -> None:
        key = (log_in.organization_id, log_in.token_hash)
        if present := self._state.login_sessions.get(key):
            self._state.login_sessions[key] = replace(present, new_browser=False)

    async def note_proof(self, log_in: LoginSession) -> None:
        key = (log_in.organization_id, log_in.token_hash)
        if present := self._state.login_sessions.get(key):
            self._state.login_sessions[key] = replace(present, proved_at=log_in.proved_at)

    async def note_factors(self, log_in: LoginSession) -> None:
        key = (log_in.organization_id, log_in.token_hash)
        if present := self._state.login_sessions.get(key):
            self._state.login_sessions[key] = replace(present, two_factors=log_in.two_factors)

    async def remove(self, organization_id: UUID, token_hash: bytes) -> None:
        self._state.login_sessions.pop((organization_id, token_hash), None)

    async def remove_of_account(self, organization_id: UUID, account_id: UUID, *, but: bytes | None = None) -> int:
        logged_in = self._state.login_sessions.items()
        theirs = [key for key, it in logged_in if (key[0], it.account_id) == (organization_id, account_id)]
        return self._drop_keys([key for key in theirs if key[1] != but])

    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        return self._drop_keys(
            oldest({key: it.made_at for key, it in self._state.login_sessions.items()}, moment, most)
        )

    async def remove_unused_since(self, moment: datetime, *, most: int) -> int:
        return self._drop_keys(
            oldest({key: it.used_at for key, it in self._state.login_sessions.items()}, moment, most)
        )

    def _with_idle_time(self, log_in: LoginSession) -> LoginSession:
        return replace(log_in, idle_minutes=self._state.organizations[log_in.organization_id].idle_minutes)

    def _drop_keys(self, ended: Sequence[tuple[UUID, bytes]]) -> int:
        for key in ended:
            del self._state.login_sessions[key]
        return len(ended)


class InMemoryLoginSessionLookup(LoginSessionLookup):
    def __init__(self, committed: Callable[[], State]) -> None:
        self._committed = committed

    async def account(self, organization_id: UUID, token_hash: bytes) -> tuple[LoginSession, Account] | None:
        return await InMemoryLoginSessions(self._committed()).account(organization_id, token_hash)


class InMemoryKnownBrowsers(KnownBrowsers):
    def __init__(self, state: State) -> None:
        self._state = state
        self._known = state.known_browsers

    async def of_token(self, organization_id: UUID, token_hash: bytes) -> Sequence[KnownBrowser]:
        return [it for key, it in self._known.items() if key[:2] == (organization_id, token_hash)]

    async def any_of_account(self, organization_id: UUID, account_id: UUID) -> bool:
        return any((key[0], key[2]) == (organization_id, account_id) for key in self._known)

    async def give_token(self, organization_id: UUID, old_hash: bytes, new_hash: bytes) -> None:
        for it in await self.of_token(organization_id, old_hash):
            del self._known[(organization_id, old_hash, it.account_id)]
            await self.save(replace(it, token_hash=new_hash))

    async def save(self, known: KnownBrowser) -> None:
        self._state.must_have_account(known.organization_id, known.account_id)
        self._known[(known.organization_id, known.token_hash, known.account_id)] = known

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        return self._drop([key for key in self._known if (key[0], key[2]) == (organization_id, account_id)])

    async def remove_used_before(self, moment: datetime, *, most: int) -> int:
        return self._drop(oldest({key: it.used_at for key, it in self._known.items()}, moment, most))

    def _drop(self, unknown: Sequence[tuple[UUID, bytes, UUID]]) -> int:
        for key in unknown:
            del self._known[key]
        return len(unknown)


class InMemoryLoginAttempts(LoginAttempts):
    def __init__(self, state: State) -> None:
        self._login_attempts = state.login_attempts

    async def to_count(self, keys: Collection[bytes]) -> Sequence[GcraState]:
        return [self._login_attempts.get(key, GcraState(key)) for key in set(keys)]

    async def save(self, states: Collection[GcraState]) -> None:
        self._login_attempts.update({one.key: one for one in states})

    async def remove_forgotten_before(self, moment: datetime, *, most: int) -> int:
        never = datetime.min.replace(tzinfo=UTC)
        old = oldest({key: it.forgotten_at or never for key, it in self._login_attempts.items()}, moment, most)
        for key in old:
            del self._login_attempts[key]
        return len(old)
