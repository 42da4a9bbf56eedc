"""Founds a practice with its first admin, by a one-time link."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from application.accounts.add_with_link import add_with_link
from application.accounts.link_throttle import LinkThrottle
from application.accounts.log_in import LoggedIn, LogIn, Origin
from application.secret import Secret
from application.security_events import record
from domain.accounts import hashing_share
from domain.accounts.account import Account, Role
from domain.accounts.errors import FoundingInvalid
from domain.accounts.founding import Founding, Proposal
from domain.accounts.organization import Organization
from domain.accounts.password import PasswordOwner, must_be_a_password
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.clients.client import email_address
from domain.errors import Invalid
from domain.ports.clock import Clock
from domain.ports.password_hasher import PasswordHasher
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.rule import Rule
from domain.security.event import EventFacts, EventKind, SecurityEvent
from domain.slot import known_zone
from domain.text_rules import line


@dataclass(frozen=True)
class FoundPractice:
    """Rules:

    - The operator makes the link: for a certain person, or, while no practice exists, for the first person who has
      it. It works once, within 72 hours.
    - Until the link is used there is no practice, no account and no address that signs in.
    - The founder is an admin, and also a consultant if they choose.
    - A link for a certain person is for the address that the operator gave, so that its holder learns of no other
      whether it signs in.
    """

    begin: Begin
    passwords: PasswordHasher
    log_in: LogIn
    states: LinkThrottle
    clock: Clock

    async def offer(self, proposal: Proposal) -> Secret:
        """Makes a link for a certain person. Raises Invalid."""
        proposal = replace(proposal, email=email_address("email", proposal.email), zone=known_zone(proposal.zone))
        line("practice", proposal.practice, longest=200, required=True)
        line("name", proposal.name, longest=200, required=True)
        async with self.begin() as work:
            if await work.people.person_by_email(proposal.email):
                raise Invalid("email", Rule.EMAIL_TAKEN, email=proposal.email)
            return await self._offered(work, proposal, only_first=False)

    async def offer_first(self) -> Secret | None:
        """Makes a link for the first practice. None when a practice exists."""
        async with self.begin() as work:
            if await work.people.any_organization():
                return None
            return await self._offered(work, Proposal(), only_first=True)

    async def look(self, token: str, network: str) -> Founding:
        """Raises FoundingInvalid, TooManyLinks."""
        who = await self.states.count(network)
        async with self.begin() as work:
            founding = await self._usable(work, token)
            await self.states.refund(work, who)
            await work.commit()
        return founding

    async def __call__(self, token: str, account_id: UUID, wanted: Proposal, password: str, origin: Origin) -> LoggedIn:
        """Raises FoundingInvalid, SignsInElsewhere, TooManyLinks, TooBusy, Invalid."""
        organization, account = _founded(token, account_id, wanted)
        must_be_a_password(password, PasswordOwner(account.name, account.email, organization.name))
        who = await self.states.count(origin.network)
        async with self.begin() as work:
            (await self._usable(work, token)).must_be_for(account.email)
        password_hash = await self.passwords.hash(
            password, hashing_share.of_link_holder(organization.id, origin.network)
        )
        async with self.begin() as work:
            founding = await self._usable(work, token)
            await work.people.add_organization(organization)
            await add_with_link(work, account, password_hash)
            await work.foundings.remove(founding)
            here = organization.id
            await work.audit_log.add(
                AuditEntry(
                    here,
                    here,
                    self.clock.now(),
                    Action.FOUNDED,
                    actor_id=account.id,
                    facts=Facts(name=organization.name),
                )
            )
            facts = EventFacts(roles=tuple(sorted(account.roles)))
            await record(
                work,
                SecurityEvent(EventKind.PRACTICE_FOUNDED, self.clock.now(), here, account.id, account.id, facts=facts),
            )
            logged_in = await self.log_in.enter(work, account, origin)
            await self.states.refund(work, who)
            await work.commit()
        return logged_in

    async def _offered(self, work: UnitOfWork, proposal: Proposal, *, only_first: bool) -> Secret:
        """The link contains the id that the practice will have, because secrets are looked up by their organization."""
        secret = Secret.fresh(uuid4())
        founding = Founding(secret.organization_id, secret.hash, self.clock.now(), only_first, proposal)
        await work.foundings.add(founding)
        await work.commit()
        return secret

    async def _usable(self, work: UnitOfWork, token: str) -> Founding:
        secret = Secret.read(token)
        found = secret and await work.foundings.to_use(secret.organization_id, secret.hash)
        if not found:
            self.states.refused()
            raise FoundingInvalid
        found.must_be_usable(now=self.clock.now(), practices_exist=await work.people.any_organization())
        return found


def _founded(token: str, account_id: UUID, wanted: Proposal) -> tuple[Organization, Account]:
    """Raises FoundingInvalid, Invalid."""
    secret = Secret.read(token)
    if secret is None:
        raise FoundingInvalid
    practice = line("practice", wanted.practice, longest=200, required=True)
    name = line("name", wanted.name, longest=200, required=True)
    zone = known_zone(wanted.zone)
    roles = frozenset({Role.ADMIN, Role.CONSULTANT} if wanted.consultant else {Role.ADMIN})
    here = secret.organization_id
    return (
        Organization(here, practice, zone, wanted.language),
        Account(here, account_id, email_address("email", wanted.email), name, roles, zone),
    )
