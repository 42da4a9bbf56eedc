"""Shows an invitation to the invited person, and accepts it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.accounts.add_with_link import add_with_link
from application.accounts.link_throttle import LinkThrottle
from application.accounts.log_in import LoggedIn, LogIn, Origin
from application.secret import Secret
from application.security_events import record
from domain.accounts import hashing_share
from domain.accounts.account import Account
from domain.accounts.errors import InvitationInvalid
from domain.accounts.invitation import Invitation
from domain.accounts.organization import Organization
from domain.accounts.password import PasswordOwner, must_be_a_password
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.ports.clock import Clock
from domain.ports.password_hasher import PasswordHasher
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventFacts, EventKind, SecurityEvent
from domain.text_rules import line


@dataclass(frozen=True, slots=True)
class Seen:
    """The invitation as the invited person sees it. `by` is the name of the person who invites."""

    invitation: Invitation
    organization: Organization
    by: str


@dataclass(frozen=True)
class AcceptInvitation:
    """Rules:

    - Reading changes nothing. Accepting uses up the link, creates the account and signs in, all or nothing.
    - The invited person chooses their name and password; the invitation sets the address and the roles.
    - An address signs in to one practice. If it does elsewhere, the link stays usable, and the response says so.
    - A link that never existed, has expired, was revoked or was used gets the same response.
    """

    begin: Begin
    passwords: PasswordHasher
    log_in: LogIn
    states: LinkThrottle
    clock: Clock

    async def look(self, token: str, network: str) -> Seen:
        """Raises InvitationInvalid, TooManyLinks."""
        who = await self.states.count(network)
        async with self.begin() as work:
            invitation = await self._usable(work, token)
            organization = await work.people.organization(invitation.organization_id)
            inviter = await work.people.account(invitation.organization_id, invitation.made_by)
            if organization is None or inviter is None:
                raise InvitationInvalid
            await self.states.refund(work, who)
            await work.commit()
        return Seen(invitation, organization, inviter.name)

    async def __call__(self, token: str, account_id: UUID, name: str, password: str, origin: Origin) -> LoggedIn:
        """Raises InvitationInvalid, SignsInElsewhere, TooManyLinks, TooBusy, Invalid."""
        line("name", name, longest=200, required=True)
        who = await self.states.count(origin.network)
        async with self.begin() as work:
            invitation = await self._usable(work, token)
            organization = await work.people.organization(invitation.organization_id)
        if organization is None:
            raise InvitationInvalid
        must_be_a_password(password, PasswordOwner(name, invitation.email, organization.name))
        password_hash = await self.passwords.hash(
            password, hashing_share.of_link_holder(organization.id, origin.network)
        )
        now = self.clock.now()
        async with self.begin() as work:
            accepted = (await self._usable(work, token)).accept(now=now)
            account = _account(accepted, account_id, name, organization.zone)
            await add_with_link(work, account, password_hash)
            await work.invitations.save(accepted)
            await work.audit_log.add(_joined(account, now))
            facts = EventFacts(roles=tuple(sorted(account.roles)))
            here, joined = account.organization_id, account.id
            await record(work, SecurityEvent(EventKind.JOINED, now, here, joined, joined, facts=facts))
            logged_in = await self.log_in.enter(work, account, origin)
            await self.states.refund(work, who)
            await work.commit()
        return logged_in

    async def _usable(self, work: UnitOfWork, token: str) -> Invitation:
        secret = Secret.read(token)
        found = secret and await work.invitations.to_use(secret.organization_id, secret.hash)
        if not found or not found.pending(self.clock.now()):
            self.states.refused()
            raise InvitationInvalid
        return found


def _account(invitation: Invitation, account_id: UUID, name: str, zone: str) -> Account:
    spelled = line("name", name, longest=200, required=True)
    return Account(invitation.organization_id, account_id, invitation.email, spelled, invitation.roles, zone)


def _joined(account: Account, now: datetime) -> AuditEntry:
    here = account.organization_id
    return AuditEntry(here, here, now, Action.JOINED, actor_id=account.id, facts=Facts(name=account.name))
