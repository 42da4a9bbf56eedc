"""A personal link by which a consultant connects, made by an admin."""

from dataclasses import dataclass
from uuid import UUID

from application.connect_provider import ConnectProvider, Departure
from application.secret import Secret
from domain.account import Account
from domain.connect_link import ConnectLink
from domain.errors import ConnectLinkInvalid, NotFound
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.providers import Providers


@dataclass(frozen=True, slots=True)
class Invitation:
    secret: Secret
    link: ConnectLink


@dataclass(frozen=True)
class InviteToConnect:
    """Rules:

    - Admins make links for consultants of their own organization.
    - The link itself allows nothing: only the named consultant, signed in, can use it, once, within 14 days.
    - Nobody is ever sent to the provider in the consultant's place.
    """

    begin: Begin
    providers: Providers
    connect: ConnectProvider
    clock: Clock

    async def __call__(self, actor: Account, consultant_id: UUID, provider_name: str) -> Invitation:
        """Raises NotAllowed, NotFound."""
        actor.must_be_admin()
        provider = self.providers[provider_name]
        secret = Secret.fresh(actor.organization_id)
        now = self.clock.now()
        async with self.begin() as work:
            consultant = await work.people.account(actor.organization_id, consultant_id)
            if consultant is None or not consultant.is_consultant:
                raise NotFound("consultant")
            link = ConnectLink(actor.organization_id, secret.hash, consultant_id, provider.name, actor.id, now)
            await work.connect_links.add(link)
            await work.commit()
        return Invitation(secret, link)

    async def redeem(self, actor: Account, session_id: bytes, token: str) -> Departure:
        """Uses the link up and departs. Raises ConnectLinkInvalid."""
        secret = Secret.read(token)
        if secret is None or secret.organization_id != actor.organization_id:
            raise ConnectLinkInvalid
        async with self.begin() as work:
            link = await work.connect_links.to_use(actor.organization_id, secret.hash)
            if link is None:
                raise ConnectLinkInvalid
            await work.connect_links.save(link.redeem(actor.id, now=self.clock.now()))
            await work.commit()
        return await self.connect(actor, session_id, link.provider)
