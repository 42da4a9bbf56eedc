"""Stores the token set of an authorization, and checks that the provider accepts the stored tokens."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from application.access_tokens import AccessTokens
from application.connection.exchange_code import PAUSES, Consented, takes
from application.meeting.acquire_rate_limit import AcquireRateLimit
from application.security_events import record
from domain.accounts.account import Account
from domain.accounts.errors import NotLoggedIn
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.connection.connection import Connection
from domain.connection.errors import ConsentUnfinished, ProviderAccountTaken, UnfinishedReason
from domain.errors import ProviderError
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.provider import Provider
from domain.provider_errors import NeedsConsultant
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True)
class BindConnection:
    """Rules:

    - A person whose account ended during the authorization is not connected.
    - A user of a provider is connected to one person only.
    - Reconnecting requires the same provider account, because it holds the meetings.
    - When another authorization was stored meanwhile, only tokens that the provider still accepts replace it: the
      newest authorization wins, whatever the order of the responses.
    - The stored tokens are used once to check them: a simultaneous authorization may have ended them.
    - Everything that waited for this consultant is retried at once. A meeting that was created as another user is out
      of reach, and its booking says so.
    """

    begin: Begin
    access_tokens: AccessTokens
    rate_limit: AcquireRateLimit
    clock: Clock

    async def __call__(self, actor: Account, provider: Provider, new: Consented) -> None:
        """Raises ProviderAccountTaken, OtherProviderAccount, ConsentUnfinished, NotLoggedIn; and the provider's errors,
        when it cannot determine which of two authorizations is newer."""
        seen = new.before
        await self.rate_limit.resume(provider.name, new.account.user_id)
        while rival := await self._store(actor, provider, new, seen):
            if not await takes(provider, new.token_set) or await self._newer_and_taken(provider, rival, new):
                break
            seen = rival
        await self.must_stand(actor, provider)

    async def rival_of(self, actor: Account, provider: Provider, before: Connection | None) -> Connection | None:
        """The consultant's connection, when another authorization was stored since `before`."""
        async with self.begin() as work:
            own = await work.connections.find(actor.host_at(provider.name))
        return own if own and own.usable and own.newer_than(before) else None

    async def must_stand(self, actor: Account, provider: Provider) -> None:
        """Uses the stored tokens. Retries, because a newer authorization that ended them may not have stored its own
        yet."""
        host, ended = actor.host_at(provider.name), False
        for pause in (*PAUSES, 0):
            try:
                await self.access_tokens.use(host, provider.oauth.current_user)
            except NeedsConsultant:
                ended = True
            except ProviderError:
                ended = False  # the provider is down now, and accepted the token just before
            else:
                return
            await asyncio.sleep(pause)
        if ended:
            raise ConsentUnfinished(label=provider.label, reason=UnfinishedReason.ENDED_AT_ONCE)

    async def _store(
        self, actor: Account, provider: Provider, new: Consented, seen: Connection | None
    ) -> Connection | None:
        """Stores nothing and returns the connection when another authorization was stored since `seen`; otherwise
        None."""
        now = self.clock.now()
        async with self.begin() as work:
            holder = await work.connections.of_provider_user(provider.name, new.account.user_id)
            if holder and (holder.organization_id, holder.consultant_id) != (actor.organization_id, actor.id):
                raise ProviderAccountTaken(label=provider.label, email=new.account.email)
            own = await work.connections.to_change(actor.host_at(provider.name))
            if own and own.usable and own.newer_than(seen):
                return own
            connection = _connection(own, actor, provider, new, now)
            await work.connections.save(connection)
            await self._wake(work, connection, now)
            await self._must_be_here(work, actor)
            await work.audit_log.add(_connected(actor, provider, now))
            event = SecurityEvent(EventKind.CONNECTED, now, actor.organization_id, actor.id, actor.id)
            await record(work, event.at_provider(provider.name))
            await work.commit()
        return None

    async def _must_be_here(self, work: UnitOfWork, actor: Account) -> None:
        """The consent may take minutes, and the account may end meanwhile."""
        account = await work.people.account_to_assign(actor.organization_id, actor.id)
        if account is None or account.ended:
            raise NotLoggedIn

    async def _newer_and_taken(self, provider: Provider, rival: Connection, new: Consented) -> bool:
        """Compares the request times: the provider may accept both token sets for a while."""
        if rival.token_set is None or rival.refreshed_at <= new.asked_at:
            return False
        return await takes(provider, rival.token_set)

    async def _wake(self, work: UnitOfWork, connection: Connection, now: datetime) -> None:
        here, who, provider = connection.organization_id, connection.consultant_id, connection.provider
        for booking in await work.bookings.of_host(connection.host, ending_after=None):
            resumed = booking.resumed(connection.host, connection.account_key, now=now)
            if resumed == booking:
                continue
            await work.bookings.save(resumed, now=now)
            if resumed.out_of_reach != booking.out_of_reach:
                action = Action.OUT_OF_REACH if resumed.out_of_reach else Action.IN_REACH
                await work.audit_log.add(AuditEntry(here, booking.id, now, action, provider=provider, host_id=who))


def _connection(
    own: Connection | None, actor: Account, provider: Provider, new: Consented, now: datetime
) -> Connection:
    if own is None:
        agreed = Connection.agree(actor.host_at(provider.name), uuid4(), new.account, new.token_set, now=now)
    else:
        own.must_be_same_account(new.account, provider.label)
        agreed = own.reconnected(new.account, new.token_set, now=now)
    return agreed.asked_for(new.asked_at)


def _connected(actor: Account, provider: Provider, now: datetime) -> AuditEntry:
    return AuditEntry(
        actor.organization_id, actor.id, now, Action.CONNECTED, actor.id, actor.id, provider.name, host_id=actor.id
    )
