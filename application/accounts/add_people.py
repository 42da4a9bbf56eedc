"""Adds a practice and the people in it."""

from dataclasses import dataclass, replace
from uuid import UUID

from application.security_events import record
from domain.accounts.account import Account, Role
from domain.accounts.hashing_share import BY_OPERATOR
from domain.accounts.organization import Organization
from domain.accounts.password import PasswordOwner, must_be_a_password
from domain.clients.client import email_address
from domain.errors import Invalid, NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.password_hasher import PasswordHasher
from domain.ports.unit_of_work import Begin
from domain.rule import Rule
from domain.security.event import EventFacts, EventKind, SecurityEvent
from domain.slot import known_zone
from domain.text_rules import line


@dataclass(frozen=True, slots=True)
class Person:
    id: UUID
    name: str
    email: str
    password: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class AddPeople:
    """Rules: an e-mail address signs in to one organization only; passwords keep the rules for passwords."""

    begin: Begin
    passwords: PasswordHasher
    clock: Clock

    async def practice(self, organization: Organization, admin: Person) -> Account:
        """Adds a new organization together with its first admin, or neither. Raises Invalid."""
        known_zone(organization.zone)
        line("practice", organization.name, longest=200, required=True)
        account, password_hash = await self._account(organization, admin)
        async with self.begin() as work:
            await work.people.add_organization(organization)
            await work.people.add_account(account, password_hash)
            await record(work, self._event(EventKind.PRACTICE_FOUNDED, account))
            await work.commit()
        return account

    async def person(self, organization: Organization, person: Person) -> Account:
        """Raises Invalid."""
        return await self._add(organization, person)

    async def colleague(self, admin: Account, person: Person) -> Account:
        """Adds a person to the admin's own practice. Raises NotAllowed, Invalid."""
        admin.must_be_admin()
        async with self.begin() as work:
            organization = await work.people.organization(admin.organization_id)
        if organization is None:
            raise NotFound(ObjectKind.PRACTICE)
        return await self._add(replace(organization, zone=admin.zone), person)

    async def _add(self, organization: Organization, person: Person) -> Account:
        account, password_hash = await self._account(organization, person)
        async with self.begin() as work:
            await work.people.add_account(account, password_hash)
            await record(work, self._event(EventKind.PERSON_ADDED, account))
            await work.commit()
        return account

    def _event(self, kind: EventKind, account: Account) -> SecurityEvent:
        facts = EventFacts(roles=tuple(sorted(account.roles)))
        return SecurityEvent(kind, self.clock.now(), account.organization_id, None, account.id, facts=facts)

    async def _account(self, organization: Organization, person: Person) -> tuple[Account, str]:
        must_be_a_password(person.password, PasswordOwner(person.name, person.email, organization.name))
        if not person.roles:
            raise Invalid("roles", Rule.NO_ROLE)
        account = Account(
            organization.id,
            person.id,
            email_address("email", person.email),
            line("name", person.name, longest=200, required=True),
            person.roles,
            organization.zone,
        )
        return account, await self.passwords.hash(person.password, BY_OPERATOR)
