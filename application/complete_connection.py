"""The consultant is back from the provider: turns the code into a connection, or says why not."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from application.secret import Secret
from domain.account import Account
from domain.attempt import Attempt
from domain.connection import Connection, ProviderAccount
from domain.errors import (
    AttemptFailed,
    AttemptUnknown,
    ConsentDeclined,
    ConsentUnfinished,
    OtherProviderAccount,
    ProviderAccountTaken,
    ProviderError,
    ScopesMissing,
)
from domain.grant import Access, Grant
from domain.history import Entry
from domain.ports.clock import Clock
from domain.ports.meeting_provider import Provider
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.provider_errors import GrantDead, Misconfigured, NeedsConsultant, TryLater
from domain.providers import Providers

_log = logging.getLogger("calendra.connections")

_PAUSES = (0.2, 0.5, 1.0)  # seconds


@dataclass(frozen=True, slots=True)
class Return:
    """What the provider's redirect carried. Without our state it belongs to nothing that was started here."""

    state: str | None
    code: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Connected:
    provider: str
    label: str
    account: ProviderAccount
    draft_id: UUID | None


@dataclass(frozen=True)
class CompleteConnection:
    """Rules:

    - Nothing is bound that our own state did not ask for, in this browser, by this account, within ten minutes.
    - The state is used up before the provider is asked, so that a repeated return cannot do it twice.
    - One user of a provider is connected to one person only. A second consent by the same provider user makes
      earlier tokens worthless, so also where it is refused here, whoever has those gets the new ones.
    - Reconnecting means the same provider account, because the meetings live there.
    - Whatever waited for this consultant is tried again at once. A meeting that was made as another user is out of
      reach, and its session says so.
    """

    begin: Begin
    providers: Providers
    clock: Clock

    async def __call__(self, actor: Account, session_id: bytes, provider_name: str, back: Return) -> Connected:
        """Raises a subclass of AttemptFailed, whose data hold `draft_id` when a form is waiting."""
        provider = self.providers[provider_name]
        attempt = await self._use(actor, session_id, provider, back)
        try:
            return await self._connect(actor, provider, attempt, back)
        except AttemptFailed as failure:
            raise _with_draft(failure, attempt, actor) from failure.__cause__

    async def _use(self, actor: Account, session_id: bytes, provider: Provider, back: Return) -> Attempt:
        state = Secret.read(back.state or "")
        if state is None or state.organization_id != actor.organization_id:
            raise AttemptUnknown(label=provider.label)
        async with self.begin() as work:
            attempt = await work.attempts.to_use(state.organization_id, state.hash)
            if attempt is None or attempt.provider != provider.name:
                raise AttemptUnknown(label=provider.label)
            try:
                used = attempt.use(actor.id, session_id, provider.label, now=self.clock.now())
            except AttemptFailed as failure:
                raise _with_draft(failure, attempt, actor) from None
            await work.attempts.save(used)
            await work.commit()
        return used

    async def _connect(self, actor: Account, provider: Provider, attempt: Attempt, back: Return) -> Connected:
        if back.error == "access_denied":
            raise ConsentDeclined(label=provider.label)
        if back.error or not back.code:
            raise ConsentUnfinished(label=provider.label, reason="it sent no authorization.")
        try:
            grant = await provider.consent.exchange(back.code, attempt.verifier)
            account = await _who_is_it(provider, grant)
        except ProviderError as error:
            raise _unfinished(provider, error) from error
        try:
            if missing := provider.missing_scopes(grant.scopes):
                raise ScopesMissing(label=provider.label, scopes=", ".join(missing))  # noqa: TRY301
            await self._bind(actor, provider, account, grant)
        except (ScopesMissing, ProviderAccountTaken, OtherProviderAccount):
            await self._pass_on(provider, account, grant)
            raise
        return Connected(provider.name, provider.label, account, attempt.draft_id)

    async def _pass_on(self, provider: Provider, account: ProviderAccount, grant: Grant) -> None:
        """To whoever is connected as this user already; where nobody is, nothing of it is kept.

        With fewer permissions than are needed it is of no use, and the earlier one is worthless by now.
        """
        async with self.begin() as work:
            holder = await work.connections.of_provider_user(provider.name, account.user_id)
            if holder and holder.grant:
                enough = not provider.missing_scopes(grant.scopes)
                now = self.clock.now()
                await work.connections.save(
                    holder.refreshed(grant, now=now) if enough else holder.died("scope_missing")
                )
                await work.commit()
                return
        await self._give_back(provider, grant)

    async def _give_back(self, provider: Provider, grant: Grant) -> None:
        try:
            await provider.consent.revoke(Access(grant.access_token))
        except ProviderError:
            _log.warning("an unused authorization could not be revoked; it lapses by itself")

    async def _bind(self, actor: Account, provider: Provider, account: ProviderAccount, grant: Grant) -> None:
        now = self.clock.now()
        async with self.begin() as work:
            holder = await work.connections.of_provider_user(provider.name, account.user_id)
            if holder and (holder.organization_id, holder.consultant_id) != (actor.organization_id, actor.id):
                raise ProviderAccountTaken(label=provider.label, email=account.email)
            own = await work.connections.to_change(actor.organization_id, actor.id, provider.name)
            connection = _connection(own, actor, provider, account, grant, now)
            await work.connections.save(connection)
            await self._wake(work, connection, now)
            await work.histories.add(_connected(actor, provider, now))
            await work.commit()

    async def _wake(self, work: UnitOfWork, connection: Connection, now: datetime) -> None:
        here, who, provider = connection.organization_id, connection.consultant_id, connection.provider
        for booking in await work.bookings.of_host(here, who, provider, ending_after=None):
            woken = booking.woken(provider, who, connection.account_key, now=now)
            if woken == booking:
                continue
            await work.bookings.save(woken, now=now)
            if woken.out_of_reach != booking.out_of_reach:
                action = "out_of_reach" if woken.out_of_reach else "in_reach"
                await work.histories.add(Entry(here, booking.id, now, action, provider=provider, host_id=who))


async def _who_is_it(provider: Provider, grant: Grant) -> ProviderAccount:
    """Asked again when no answer comes: without it a consent that has just ended the earlier one would be lost."""
    for pause in _PAUSES:
        try:
            return await provider.consent.who_am_i(Access(grant.access_token))
        except TryLater:
            await asyncio.sleep(pause)
    return await provider.consent.who_am_i(Access(grant.access_token))


def _unfinished(provider: Provider, error: ProviderError) -> AttemptFailed:
    if isinstance(error, NeedsConsultant) and error.scopes:  # even the permission to ask who it is was not given
        return ScopesMissing(label=provider.label, scopes=", ".join(error.scopes))
    return ConsentUnfinished(label=provider.label, reason=_in_words(error))


def _in_words(error: ProviderError) -> str:
    match error:
        case TryLater():
            return "it does not answer right now."
        case GrantDead():
            return "the authorization was no longer valid."
        case Misconfigured():
            return "Calendra is not registered rightly there. This is not your fault."
        case _:
            return "it refused to say whose account this is."


def _with_draft(failure: AttemptFailed, attempt: Attempt, actor: Account) -> AttemptFailed:
    if attempt.draft_id and attempt.account_id == actor.id:
        failure.data["draft_id"] = str(attempt.draft_id)
    return failure


def _connection(
    own: Connection | None,
    actor: Account,
    provider: Provider,
    account: ProviderAccount,
    grant: Grant,
    now: datetime,
) -> Connection:
    if own is None:
        return Connection.agree(actor.organization_id, uuid4(), actor.id, provider.name, account, grant, now=now)
    own.must_be_same_account(account, provider.label)
    return own.reconnected(account, grant, now=now)


def _connected(actor: Account, provider: Provider, now: datetime) -> Entry:
    return Entry(actor.organization_id, actor.id, now, "connected", actor.id, actor.id, provider.name, host_id=actor.id)
