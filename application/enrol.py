"""A new practice and the people in it."""

from dataclasses import dataclass
from uuid import UUID

from domain.account import Account, Role
from domain.client import email_address
from domain.errors import Invalid
from domain.organization import Organization
from domain.ports.password_hasher import PasswordHasher
from domain.ports.unit_of_work import Begin
from domain.slot import known_zone
from domain.wording import line

SHORTEST_PASSWORD = 12


@dataclass(frozen=True, slots=True)
class Person:
    id: UUID
    name: str
    email: str
    password: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class Enrol:
    """Rules: an e-mail address signs in to one organization only; passwords have at least 12 characters."""

    begin: Begin
    passwords: PasswordHasher

    async def practice(self, organization: Organization, admin: Person) -> Account:
        """A new organization together with its first admin, or neither. Raises Invalid."""
        known_zone(organization.zone)
        line("practice", organization.name, longest=200, required=True)
        account, password_hash = await self._account(organization, admin)
        async with self.begin() as work:
            await work.people.add_organization(organization)
            await work.people.add_account(account, password_hash)
            await work.commit()
        return account

    async def person(self, organization: Organization, person: Person) -> Account:
        """Raises Invalid."""
        account, password_hash = await self._account(organization, person)
        async with self.begin() as work:
            await work.people.add_account(account, password_hash)
            await work.commit()
        return account

    async def _account(self, organization: Organization, person: Person) -> tuple[Account, str]:
        if len(person.password) < SHORTEST_PASSWORD:
            raise Invalid(
                "password", f"A password has at least {SHORTEST_PASSWORD} characters.", "Choose a longer one."
            )
        account = Account(
            organization.id,
            person.id,
            email_address("email", person.email),
            line("name", person.name, longest=200, required=True),
            person.roles,
            organization.zone,
        )
        return account, await self.passwords.hash(person.password)
