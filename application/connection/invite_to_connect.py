"""Connect links: an admin makes a personal link by which a consultant connects."""

from dataclasses import dataclass
from uuid import UUID

from application.connection.connect_provider import AuthorizationRedirect, ConnectProvider
from application.secret import DerivedSecrets, Secret
from application.security_events import record
from domain.accounts.account import Account
from domain.connection.connect_link import LIFETIME, MOST_PENDING, ConnectLink
from domain.connection.errors import ConnectLinkInvalid
from domain.creation import Creation, object_id_of
from domain.errors import Invalid, NotFound, ObjectKind, ResultGone
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.provider import Provider
from domain.providers import Providers
from domain.rule import Rule
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True, slots=True)
class Invitation:
    secret: Secret
    link: ConnectLink


@dataclass(frozen=True)
class InviteToConnect:
    """Rules:

    - Admins make links for consultants of their own organization.
    - The link itself authorizes nothing: only the named consultant, signed in, can use it, once, within 14 days.
    - Only the consultant is ever redirected to the provider.
    - An account has at most 500 links that were not used yet.
    - A repeated request with the same key and content is the same link; other content under the key is refused, and so
      is a repetition when the link is gone.
    """

    begin: Begin
    providers: Providers
    connect: ConnectProvider
    secrets: DerivedSecrets
    clock: Clock
    most_pending: int = MOST_PENDING

    async def __call__(self, actor: Account, key: UUID, consultant_id: UUID, provider_name: str) -> Invitation:
        """Raises NotAllowed, NotFound, Invalid, KeyReused, ResultGone."""
        actor.must_be_admin()
        here, now = actor.organization_id, self.clock.now()
        provider = self.providers[provider_name]
        secret = self.secrets.of(here, object_id_of(key, now))
        link = ConnectLink(here, secret.hash, consultant_id, provider.name, actor.id, now)
        creation = Creation.of(here, key, link.requested, at=now)
        async with self.begin() as work:
            consultant = await work.people.account(here, consultant_id)
            if consultant is None or not consultant.is_consultant:
                raise NotFound(ObjectKind.CONSULTANT)
            if earlier := await work.creations.add(creation):
                creation.must_repeat(earlier)
                return await self._made_before(work, earlier)
            if await work.connect_links.pending(here, actor.id, made_after=now - LIFETIME) >= self.most_pending:
                raise Invalid("consultant_id", Rule.TOO_MANY_PENDING_LINKS, most=self.most_pending)
            await work.connect_links.add(link)
            event = SecurityEvent(EventKind.CONNECT_LINK_CREATED, now, here, actor.id, consultant_id)
            await record(work, event.at_provider(provider.name))
            await work.commit()
        return Invitation(secret, link)

    async def _made_before(self, work: UnitOfWork, earlier: Creation) -> Invitation:
        """Raises ResultGone."""
        secret = self.secrets.of(earlier.organization_id, earlier.object_id)
        link = await work.connect_links.to_use(secret.organization_id, secret.hash)
        if link is None:
            raise ResultGone
        return Invitation(secret, link)

    async def look_at(self, actor: Account, token: str) -> Provider:
        """The provider of the link, without using it up. Raises ConnectLinkInvalid when the actor may not use it."""
        async with self.begin() as work:
            link = await self._to_use(work, actor, token)
        link.must_serve(actor.id, now=self.clock.now())
        return self.providers[link.provider]

    async def redeem(self, actor: Account, login_id: bytes, token: str) -> AuthorizationRedirect:
        """Starts the authorization request and uses up the link, both or neither. Raises ConnectLinkInvalid."""
        async with self.begin() as work:
            link = await self._to_use(work, actor, token)
            await work.connect_links.save(link.redeem(actor.id, now=self.clock.now()))
            redirect = await self.connect.prepare(work, actor, login_id, link.provider)
            await work.commit()
        return redirect

    async def _to_use(self, work: UnitOfWork, actor: Account, token: str) -> ConnectLink:
        secret = Secret.read(token)
        here = secret is not None and secret.organization_id == actor.organization_id
        link = await work.connect_links.to_use(actor.organization_id, secret.hash) if secret and here else None
        if link is None:
            raise ConnectLinkInvalid
        return link
