"""Stores the tokens of a consent, and makes sure that what is stored is what the provider takes."""

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from application.connection.access_tokens import AccessTokens
from application.meeting.acquire_rate_limit import AcquireRateLimit
from domain.accounts.account import Account
from domain.audit_log import AuditEntry
from domain.connection.connection import Connection, ProviderAccount
from domain.connection.token_set import AccessToken, TokenSet
from domain.errors import ConsentUnfinished, ProviderAccountTaken, ProviderError
from domain.meeting.host import Host
from domain.ports.clock import Clock
from domain.ports.meeting_provider import Provider
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.provider_errors import AccessRejected, NeedsConsultant, TryLater

_log = logging.getLogger("calendra.connections")

PAUSES = (0.2, 0.5, 1.0)  # seconds


@dataclass(frozen=True, slots=True)
class Consented:
    """What a consent gave. `before` is the person's connection as it was when the tokens were asked for."""

    token_set: TokenSet
    account: ProviderAccount
    asked_at: datetime
    before: Connection | None


@dataclass(frozen=True)
class BindConnection:
    """Rules:

    - One user of a provider is connected to one person only. A second consent by the same provider user makes
      earlier tokens worthless, so also where it is refused here, whoever has those gets the new ones.
    - Reconnecting means the same provider account, because the meetings live there.
    - Where another consent was stored meanwhile, only tokens that the provider still takes are stored over it: the
      newest consent wins, in whichever order the answers come.
    - What is stored is used once more. A consent that comes at the same time may have ended it.
    - Whatever waited for this consultant is tried again at once. A meeting that was made as another user is out of
      reach, and its session says so.
    """

    begin: Begin
    access_tokens: AccessTokens
    rate_limit: AcquireRateLimit
    clock: Clock

    async def __call__(self, actor: Account, provider: Provider, new: Consented) -> None:
        """Raises ProviderAccountTaken, OtherProviderAccount, ConsentUnfinished; and the provider's errors, when it
        cannot be learnt which of two consents is the newer one."""
        seen = new.before
        await self.rate_limit.resume(provider.name, new.account.user_id)
        while rival := await self._store(actor, provider, new, seen):
            if not await takes(provider, new.token_set) or await self._newer_and_taken(provider, rival, new):
                break
            seen = rival
        await self.must_stand(actor, provider)

    async def rival_of(self, actor: Account, provider: Provider, before: Connection | None) -> Connection | None:
        """The person's connection, when another consent was stored since `before`."""
        async with self.begin() as work:
            own = await work.connections.find(actor.organization_id, actor.id, provider.name)
        return own if own and own.usable and own.newer_than(before) else None

    async def must_stand(self, actor: Account, provider: Provider) -> None:
        """What is stored is used. Another consent that ended it needs a moment until its own tokens are stored."""
        host, ended = Host(actor.organization_id, actor.id, provider.name), False
        for pause in (*PAUSES, 0):
            try:
                await self.access_tokens.use(host, provider.oauth.current_user)
            except NeedsConsultant:
                ended = True
            except ProviderError:
                ended = False  # it is ill now, and took the token a moment ago
            else:
                return
            await asyncio.sleep(pause)
        if ended:
            raise ConsentUnfinished(label=provider.label, reason="the authorization ended again at once.")

    async def pass_on(self, provider: Provider, new: Consented) -> None:
        """To whoever is connected as this user already; where nobody is, nothing of it is kept.

        With fewer permissions than are needed it is good for nothing but its own end, and the earlier one is
        worthless by now.
        """
        with contextlib.suppress(TryLater):  # as far as is known, it is the newest
            if not await takes(provider, new.token_set):
                return  # a newer one ended it
        async with self.begin() as work:
            holder = await work.connections.of_provider_user(provider.name, new.account.user_id)
            if holder and holder.token_set:
                enough = not provider.missing_scopes(new.token_set.scopes)
                now = self.clock.now()
                await work.connections.save(
                    holder.refreshed(new.token_set, now=now)
                    if enough
                    else holder.lacking("scope_missing", new.token_set)
                )
                await work.commit()
                return
        await self._give_back(provider, new.token_set)

    async def _give_back(self, provider: Provider, token_set: TokenSet) -> None:
        try:
            await provider.oauth.revoke(AccessToken(token_set.access_token))
        except ProviderError:
            _log.warning("an unused authorization could not be revoked; it lapses by itself")

    async def _store(
        self, actor: Account, provider: Provider, new: Consented, seen: Connection | None
    ) -> Connection | None:
        """None, or the connection of another consent, which was stored since `seen`: then nothing is stored."""
        now = self.clock.now()
        async with self.begin() as work:
            holder = await work.connections.of_provider_user(provider.name, new.account.user_id)
            if holder and (holder.organization_id, holder.consultant_id) != (actor.organization_id, actor.id):
                raise ProviderAccountTaken(label=provider.label, email=new.account.email)
            own = await work.connections.to_change(actor.organization_id, actor.id, provider.name)
            if own and own.usable and own.newer_than(seen):
                return own
            connection = _connection(own, actor, provider, new, now)
            await work.connections.save(connection)
            await self._wake(work, connection, now)
            await work.audit_log.add(_connected(actor, provider, now))
            await work.commit()
        return None

    async def _newer_and_taken(self, provider: Provider, rival: Connection, new: Consented) -> bool:
        """Where the provider takes both for a while, the one that was asked for later is the newer one."""
        if rival.token_set is None or rival.refreshed_at <= new.asked_at:
            return False
        return await takes(provider, rival.token_set)

    async def _wake(self, work: UnitOfWork, connection: Connection, now: datetime) -> None:
        here, who, provider = connection.organization_id, connection.consultant_id, connection.provider
        for booking in await work.bookings.of_host(here, who, provider, ending_after=None):
            resumed = booking.resumed(provider, who, connection.account_key, now=now)
            if resumed == booking:
                continue
            await work.bookings.save(resumed, now=now)
            if resumed.out_of_reach != booking.out_of_reach:
                action = "out_of_reach" if resumed.out_of_reach else "in_reach"
                await work.audit_log.add(AuditEntry(here, booking.id, now, action, provider=provider, host_id=who))


async def current_user_of(provider: Provider, token_set: TokenSet) -> ProviderAccount:
    """Asked again when no answer comes: without it a consent that has just ended the earlier one would be lost."""
    for pause in PAUSES:
        try:
            return await provider.oauth.current_user(AccessToken(token_set.access_token))
        except TryLater:
            await asyncio.sleep(pause)
    return await provider.oauth.current_user(AccessToken(token_set.access_token))


async def takes(provider: Provider, token_set: TokenSet) -> bool:
    """Whether the provider still takes these tokens. Raises its other errors."""
    try:
        await current_user_of(provider, token_set)
    except AccessRejected:
        return False
    return True


def _connection(
    own: Connection | None, actor: Account, provider: Provider, new: Consented, now: datetime
) -> Connection:
    if own is None:
        agreed = Connection.agree(
            actor.organization_id, uuid4(), actor.id, provider.name, new.account, new.token_set, now=now
        )
    else:
        own.must_be_same_account(new.account, provider.label)
        agreed = own.reconnected(new.account, new.token_set, now=now)
    return agreed.asked_for(new.asked_at)


def _connected(actor: Account, provider: Provider, now: datetime) -> AuditEntry:
    return AuditEntry(
        actor.organization_id, actor.id, now, "connected", actor.id, actor.id, provider.name, host_id=actor.id
    )
