"""Storage and providers with a gate at each commit and call, which can stop the running process."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, TypeVar, cast
from uuid import UUID

from adapters.in_memory.provider.fault import Fault
from adapters.in_memory.provider.provider_world import ProviderWorld
from application.access_tokens import AccessTokens
from domain.connection.connection import ProviderAccount
from domain.connection.token_set import AccessToken, TokenSet
from domain.errors import ProviderError
from domain.meeting.host import Host
from domain.meeting.meeting import HeldMeeting, MeetingDetails, ObservedMeeting
from domain.ports.clock import Clock
from domain.ports.meeting_provider import Meetings, OAuthClient
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.provider import Provider
from domain.provider_errors import AccessRejected, AuthorizationRevoked, NeedsConsultant, TryLater
from tests.chaos.model.life import Call, Life, User, current
from tests.in_memory_app import NOON

Result = TypeVar("Result")
_IN_THE_NAME_OF: ContextVar[Host | None] = ContextVar("in the name of", default=None)

LEASE = timedelta(seconds=60)
LONGEST_CALL = LEASE / 2


@dataclass
class Made:
    """A meeting that a provider made for us."""

    provider: str
    user_id: str
    number: str
    marker: UUID
    link: str
    host: Host | None  # in whose name


@dataclass
class Log:
    """The calls that the providers got, and the authorizations that ended for a reason outside Calendra."""

    calls: list[Call] = field(default_factory=list)
    made: dict[str, Made] = field(default_factory=dict)  # by link
    torn: set[User] = field(default_factory=set)
    held_open: list[str] = field(default_factory=list)
    limited_until: datetime = NOON
    open: Counter[Any] = field(default_factory=Counter)


class GatedUnitOfWork:
    def __init__(self, inner: UnitOfWork, log: Log) -> None:
        self._inner, self._log = inner, log

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def __aenter__(self) -> "GatedUnitOfWork":
        await _gate()
        await self._inner.__aenter__()
        self._log.open[asyncio.current_task()] += 1
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._log.open[asyncio.current_task()] -= 1
        await self._inner.__aexit__(kind, error, trace)

    async def commit(self) -> None:
        await _gate(holding=True)
        await self._inner.commit()
        await _gate(holding=True)


async def _gate(*, holding: bool = False) -> None:
    if life := current():
        await life.gate(holding=holding)


def gated_begin(begin: Begin, log: Log) -> Begin:
    return lambda: cast(UnitOfWork, GatedUnitOfWork(begin(), log))


@dataclass
class Line:
    """The connection to one provider."""

    world: ProviderWorld
    log: Log
    clock: Clock

    async def carry(
        self, operation: str, user_id: str | None, subject: str, ask: Callable[[], Awaitable[Result]]
    ) -> Result:
        life, began = current(), self.clock.now()
        call = Call(self.world.name, operation, user_id or "", subject, _IN_THE_NAME_OF.get(), life)
        self.log.calls.append(call)
        if life:
            life.calls.append(call)
        if self.log.open[asyncio.current_task()] > 0:
            self.log.held_open.append(operation)
        done = len(self.world.calls)
        try:
            await self._sent(began)
            done = len(self.world.calls)
            return await ask()
        except ProviderError as error:
            call.error = error
            self._note(error, call.user_id)
            raise
        finally:
            heard = call.error is None or (isinstance(call.error, TryLater) and call.error.unheard)
            call.effect = heard and (operation, call.user_id) in self.world.calls[done:]
            if call.effect and operation in ("exchange", "refresh") and life:
                self._tokens_are_out(life, call)
            await _gate()

    async def _sent(self, began: Any) -> None:
        await _gate()
        if self.clock.now() - began >= LONGEST_CALL:
            raise Fault.LOST_CALL.error(began)

    def _note(self, error: ProviderError, user_id: str) -> None:
        if isinstance(error, TryLater) and error.until:
            self.log.limited_until = max(self.log.limited_until, error.until)
        if user_id and isinstance(error, AccessRejected | AuthorizationRevoked | NeedsConsultant):
            self.log.torn.add((self.world.name, user_id))

    def _tokens_are_out(self, life: Life, call: Call) -> None:
        user = (self.world.name, call.user_id)
        if call.error:
            self.log.torn.add(user)  # the answer with the new ones was lost
        life.issued[user] = self.clock.now()


class NotedAccessTokens(AccessTokens):
    """Records the account of each call."""

    async def use(self, host: Host, *arguments: Any, **more: Any) -> Any:
        before = _IN_THE_NAME_OF.set(host)
        try:
            return await super().use(host, *arguments, **more)
        finally:
            _IN_THE_NAME_OF.reset(before)


class GatedOAuthClient(OAuthClient):
    def __init__(self, inner: OAuthClient, line: Line) -> None:
        self._inner, self._line = inner, line

    def authorize_address(self, state: str, verifier: str) -> str:
        return self._inner.authorize_address(state, verifier)

    async def exchange(self, code: str, verifier: str) -> TokenSet:
        said = self._line.world.codes.get(code)
        return await self._line.carry(
            "exchange", said.user_id if said else None, "", lambda: self._inner.exchange(code, verifier)
        )

    async def refresh(self, token_set: TokenSet, *, within: timedelta | None = None) -> TokenSet:
        return await self._ask(
            "refresh", token_set.refresh_token, lambda: self._inner.refresh(token_set, within=within)
        )

    async def revoke(self, access: AccessToken) -> None:
        await self._ask("revoke", access.token, lambda: self._inner.revoke(access))

    async def current_user(self, access: AccessToken) -> ProviderAccount:
        return await self._ask("current_user", access.token, lambda: self._inner.current_user(access))

    async def _ask(self, operation: str, token: str, ask: Callable[[], Awaitable[Result]]) -> Result:
        return await self._line.carry(operation, self._line.world.owner(token), "", ask)


class GatedMeetings(Meetings):
    def __init__(self, inner: Meetings, line: Line) -> None:
        self._inner, self._line = inner, line

    async def create(self, access: AccessToken, marker: UUID, details: MeetingDetails) -> HeldMeeting:
        async def make() -> HeldMeeting:
            before = set(self._line.world.meetings)
            try:
                return await self._inner.create(access, marker, details)
            finally:
                for number in set(self._line.world.meetings) - before:
                    self._remember(number)

        return await self._ask("create", access, str(marker), make)

    def _remember(self, number: str) -> None:
        kept = self._line.world.meetings[number]
        if kept.join_link not in self._line.log.made:
            made = Made(self._line.world.name, kept.host_id, number, kept.marker, kept.join_link, _IN_THE_NAME_OF.get())
            self._line.log.made[kept.join_link] = made

    async def change(self, access: AccessToken, meeting_id: str, marker: UUID, details: MeetingDetails) -> HeldMeeting:
        return await self._ask(
            "change", access, str(marker), lambda: self._inner.change(access, meeting_id, marker, details)
        )

    async def read(self, access: AccessToken, meeting_id: str, details: MeetingDetails) -> ObservedMeeting:
        return await self._ask("read", access, meeting_id, lambda: self._inner.read(access, meeting_id, details))

    async def remove(self, access: AccessToken, meeting_id: str) -> None:
        await self._ask("remove", access, meeting_id, lambda: self._inner.remove(access, meeting_id))

    async def find(self, access: AccessToken, marker: UUID, details: MeetingDetails) -> tuple[HeldMeeting, ...]:
        return await self._ask("find", access, str(marker), lambda: self._inner.find(access, marker, details))

    async def _ask(
        self, operation: str, access: AccessToken, subject: str, ask: Callable[[], Awaitable[Result]]
    ) -> Result:
        return await self._line.carry(operation, self._line.world.owner(access.token), subject, ask)


def gated_provider(provider: Provider, line: Line) -> Provider:
    return replace(
        provider, oauth=GatedOAuthClient(provider.oauth, line), meetings=GatedMeetings(provider.meetings, line)
    )
