"""Organizations and accounts in memory."""

import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from adapters.in_memory.state import State, StoredAccount
from domain.accounts.account import Account
from domain.accounts.organization import Organization
from domain.errors import Invalid
from domain.ports.people import People
from domain.rule import Rule

_VOID = "!"


class InMemoryPeople(People):
    def __init__(self, state: State) -> None:
        self._state = state

    async def add_organization(self, organization: Organization) -> None:
        self._state.organizations[organization.id] = organization

    async def organization(self, organization_id: UUID) -> Organization | None:
        return self._state.organizations.get(organization_id)

    async def any_organization(self) -> bool:
        return bool(self._state.organizations)

    async def save_organization(self, organization: Organization) -> None:
        self._state.organizations[organization.id] = organization

    async def follow_zone(self, organization_id: UUID, before: str, after: str) -> None:
        for key, stored in self._state.accounts.items():
            if key[0] == organization_id and stored.account.zone == before:
                self._state.accounts[key] = replace(stored, account=replace(stored.account, zone=after))

    async def add_account(self, account: Account, password_hash: str) -> None:
        self._state.must_have_organization(account.organization_id)
        if await self.person_by_email(account.email):
            raise Invalid("email", Rule.EMAIL_TAKEN, email=account.email)
        self._state.accounts[(account.organization_id, account.id)] = StoredAccount(account, password_hash)

    async def save_preferences(self, account: Account) -> None:
        key = (account.organization_id, account.id)
        stored = self._state.accounts[key]
        changed = replace(stored.account, name=account.name, zone=account.zone, language=account.language)
        self._state.accounts[key] = replace(stored, account=changed)

    async def set_password(self, account: Account, password_hash: str) -> None:
        key = (account.organization_id, account.id)
        self._state.accounts[key] = replace(self._state.accounts[key], password_hash=password_hash)

    async def holds_password(self, account: Account, password_hash: str) -> bool:
        stored = self._state.accounts.get((account.organization_id, account.id))
        return stored is not None and hmac.compare_digest(stored.password_hash, password_hash)

    async def account(self, organization_id: UUID, account_id: UUID) -> Account | None:
        stored = self._state.accounts.get((organization_id, account_id))
        return stored.account if stored and stored.account.name else None

    async def account_to_assign(self, organization_id: UUID, account_id: UUID) -> Account | None:
        return await self.account(organization_id, account_id)

    async def accounts(self, organization_id: UUID, account_ids: Collection[UUID]) -> Sequence[Account]:
        found = (self._state.accounts.get((organization_id, one)) for one in set(account_ids))
        return [stored.account for stored in found if stored and stored.account.name]

    async def account_to_change(self, organization_id: UUID, account_id: UUID) -> Account | None:
        return await self.account(organization_id, account_id)

    async def everybody_to_change(self, organization_id: UUID) -> Sequence[Account]:
        return await self.everybody(organization_id)

    async def save_roles(self, account: Account) -> None:
        key = (account.organization_id, account.id)
        stored = self._state.accounts[key]
        self._state.accounts[key] = replace(stored, account=replace(stored.account, roles=account.roles))

    async def save_ending(self, account: Account) -> None:
        key = (account.organization_id, account.id)
        stored = self._state.accounts[key]
        changed = replace(stored.account, ended_at=account.ended_at)
        self._state.accounts[key] = replace(stored, account=changed, password_hash=_VOID)

    async def save_erasure(self, account: Account) -> None:
        self._state.accounts[(account.organization_id, account.id)] = StoredAccount(account, _VOID)

    async def last_logins(self, organization_id: UUID) -> Mapping[UUID, datetime]:
        here = ((key[1], it.last_login_at) for key, it in self._state.accounts.items() if key[0] == organization_id)
        return {account_id: at for account_id, at in here if at}

    async def everybody(self, organization_id: UUID) -> Sequence[Account]:
        accounts = (stored.account for stored in self._state.accounts.values())
        return sorted((one for one in accounts if one.organization_id == organization_id and one.name), key=_by_name)

    async def account_by_email(self, email: str) -> tuple[Account, str] | None:
        stored = self._by_email(email)
        if stored is None or stored.account.ended or stored.password_hash == _VOID:
            return None
        return stored.account, stored.password_hash

    async def person_by_email(self, email: str) -> Account | None:
        stored = self._by_email(email)
        return stored.account if stored else None

    def _by_email(self, email: str) -> StoredAccount | None:
        return next((stored for stored in self._state.accounts.values() if stored.account.email == email), None)

    async def consultants(self, organization_id: UUID) -> Sequence[Account]:
        return [one for one in await self.everybody(organization_id) if one.is_consultant]


def _by_name(it: Account) -> tuple[str, str, UUID]:
    return it.name.lower(), it.name, it.id
