"""Organizations and accounts in memory."""

import hmac
from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from adapters.in_memory.state import State, StoredAccount
from domain.account import Account
from domain.errors import Invalid
from domain.organization import Organization
from domain.ports.people import People


class InMemoryPeople(People):
    def __init__(self, state: State) -> None:
        self._state = state

    async def add_organization(self, organization: Organization) -> None:
        self._state.organizations[organization.id] = organization

    async def organization(self, organization_id: UUID) -> Organization | None:
        return self._state.organizations.get(organization_id)

    async def add_account(self, account: Account, password_hash: str) -> None:
        self._state.must_have_organization(account.organization_id)
        if await self.account_by_email(account.email):
            raise Invalid("email", f"Somebody already signs in with {account.email}.", "Use another e-mail address.")
        self._state.accounts[(account.organization_id, account.id)] = StoredAccount(account, password_hash)

    async def save_preferences(self, account: Account) -> None:
        key = (account.organization_id, account.id)
        stored = self._state.accounts[key]
        changed = replace(stored.account, name=account.name, zone=account.zone, language=account.language)
        self._state.accounts[key] = replace(stored, account=changed)

    async def set_password(self, account: Account, password_hash: str) -> None:
        self._state.accounts[(account.organization_id, account.id)] = StoredAccount(account, password_hash)

    async def holds_password(self, account: Account, password_hash: str) -> bool:
        stored = self._state.accounts.get((account.organization_id, account.id))
        return stored is not None and hmac.compare_digest(stored.password_hash, password_hash)

    async def account(self, organization_id: UUID, account_id: UUID) -> Account | None:
        stored = self._state.accounts.get((organization_id, account_id))
        return stored.account if stored else None

    async def accounts(self, organization_id: UUID, account_ids: Collection[UUID]) -> Sequence[Account]:
        found = (self._state.accounts.get((organization_id, one)) for one in set(account_ids))
        return [stored.account for stored in found if stored]

    async def account_by_email(self, email: str) -> tuple[Account, str] | None:
        everybody = self._state.accounts.values()
        found = (stored for stored in everybody if stored.account.email == email)
        return next(((stored.account, stored.password_hash) for stored in found), None)

    async def consultants(self, organization_id: UUID) -> Sequence[Account]:
        everybody = (stored.account for stored in self._state.accounts.values())
        theirs = [one for one in everybody if one.organization_id == organization_id and one.is_consultant]
        return sorted(theirs, key=_by_name)


def _by_name(it: Account) -> tuple[str, str, UUID]:
    return it.name.lower(), it.name, it.id
