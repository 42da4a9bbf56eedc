"""Organizations and accounts in PostgreSQL."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.people_tables import accounts, organizations, sign_in_addresses
from adapters.postgres.transaction import Transaction
from domain.account import Account, Role
from domain.errors import Invalid
from domain.organization import Organization
from domain.ports.people import People

_a = accounts.c
_values = {column.name: bindparam(column.name, type_=column.type) for column in accounts.c}

_ADD_ORGANIZATION = insert(organizations)

# The address is taken first; nothing else happens when somebody has it.
_taken = (
    insert(sign_in_addresses)
    .values(email=_values["email"], organization_id=_values["organization_id"], account_id=_values["id"])
    .on_conflict_do_nothing()
    .returning(sign_in_addresses.c.email)
    .cte("taken")
)
_ADD_ACCOUNT = (
    insert(accounts).from_select(list(accounts.c), select(*_values.values()).select_from(_taken)).returning(_a.id)
)

_SET_PASSWORD = (
    update(accounts)
    .where(_a.organization_id == bindparam("here"), _a.id == bindparam("this"))
    .values(password_hash=_values["password_hash"])
)

_ACCOUNT = select(accounts).where(_a.organization_id == bindparam("organization_id"), _a.id == bindparam("id"))

_BY_EMAIL = (
    select(accounts)
    .join(
        sign_in_addresses,
        (sign_in_addresses.c.organization_id == _a.organization_id) & (sign_in_addresses.c.account_id == _a.id),
    )
    .where(sign_in_addresses.c.email == bindparam("email"))
)

_CONSULTANTS = (
    select(accounts)
    .where(_a.organization_id == bindparam("organization_id"), _a.roles.contains([Role.CONSULTANT.value]))
    .order_by(func.lower(_a.name), _a.name, _a.id)
)


class PostgresPeople(People):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add_organization(self, organization: Organization) -> None:
        await self._transaction.run(
            _ADD_ORGANIZATION, organization_id=organization.id, name=organization.name, zone=organization.zone
        )

    async def add_account(self, account: Account, password_hash: str) -> None:
        added = await self._transaction.run(_ADD_ACCOUNT, **_to_row(account), password_hash=password_hash)
        if added.first() is None:
            raise Invalid("email", f"Somebody already signs in with {account.email}.", "Use another e-mail address.")

    async def set_password(self, account: Account, password_hash: str) -> None:
        await self._transaction.run(
            _SET_PASSWORD, here=account.organization_id, this=account.id, password_hash=password_hash
        )

    async def account(self, organization_id: UUID, account_id: UUID) -> Account | None:
        row = (await self._transaction.run(_ACCOUNT, organization_id=organization_id, id=account_id)).one_or_none()
        return to_account(row) if row else None

    async def account_by_email(self, email: str) -> tuple[Account, str] | None:
        row = (await self._transaction.run(_BY_EMAIL, email=email)).one_or_none()
        return (to_account(row), row.password_hash) if row else None

    async def consultants(self, organization_id: UUID) -> Sequence[Account]:
        found = await self._transaction.run(_CONSULTANTS, organization_id=organization_id)
        return list(map(to_account, found.all()))


def to_account(row: Row[Any]) -> Account:
    roles = frozenset(map(Role, row.roles))
    return Account(row.organization_id, row.id, row.email, row.name, roles, row.zone)


def _to_row(account: Account) -> dict[str, Any]:
    return {
        "organization_id": account.organization_id,
        "id": account.id,
        "email": account.email,
        "name": account.name,
        "roles": sorted(role.value for role in account.roles),
        "zone": account.zone,
    }
