"""Finds the practice of an account."""

from dataclasses import dataclass

from domain.accounts.account import Account
from domain.accounts.organization import Organization
from domain.errors import NotFound, ObjectKind
from domain.ports.unit_of_work import Begin


@dataclass(frozen=True)
class FindPractice:
    """Rules: people see the name and the zone of their own practice, and of no other."""

    begin: Begin

    async def __call__(self, actor: Account) -> Organization:
        async with self.begin() as work:
            found = await work.people.organization(actor.organization_id)
        if found is None:
            raise NotFound(ObjectKind.PRACTICE)
        return found
