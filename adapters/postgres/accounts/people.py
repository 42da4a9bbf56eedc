"""Organizations and accounts in PostgreSQL."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.schema.metadata import INSTANT, TEXT, UUIDS
from adapters.postgres.schema.people_tables import accounts, login_addresses, organizations
from domain.accounts.account import Account, Role
from domain.accounts.login_session import IdleMinutes
from domain.accounts.organization import Organization
from domain.errors import Invalid
from domain.language import Language
from domain.ports.people import People
from domain.rule import Rule

_VOID = "!"  # no hash of a password
_a = accounts.c
_read = [column for column in accounts.c if column.name != "last_login_at"]
_values = {column.name: bindparam(column.name, type_=column.type) for column in _read}

_ADD_ORGANIZATION = insert(organizations)
_ORGANIZATION = select(organizations).where(organizations.c.organization_id == bindparam("organization_id"))

_ANY_ORGANIZATION = select(exists(select(organizations.c.organization_id)))
_SAVE_ORGANIZATION = (
    update(organizations)
    .where(organizations.c.organization_id == bindparam("here"))
    .values(
        name=bindparam("name"),
        zone=bindparam("zone"),
        language=bindparam("language", type_=TEXT),
        idle_minutes=bindparam("idle_minutes"),
        second_factor_from=bindparam("second_factor_from", type_=INSTANT),
    )
)
_FOLLOW_ZONE = (
    update(accounts)
    .where(_a.organization_id == bindparam("here"), _a.zone == bindparam("before"))
    .values(zone=bindparam("after"))
    .returning(_a.id)
)

# The statement takes the email address first. If another account has it, the statement changes nothing.
_taken = (
    insert(login_addresses)
    .values(email=_values["email"], organization_id=_values["organization_id"], account_id=_values["id"])
    .on_conflict_do_nothing()
    .returning(login_addresses.c.email)
    .cte("taken")
)
_ADD_ACCOUNT = insert(accounts).from_select(_read, select(*_values.values()).select_from(_taken)).returning(_a.id)

_change = update(accounts).where(_a.organization_id == bindparam("here"), _a.id == bindparam("this"))
_SAVE_PREFERENCES = _change.values({name: _values[name] for name in ("name", "zone", "language")})
_SET_PASSWORD = _change.values(password_hash=_values["password_hash"])

_SAVE_ROLES = _change.values(roles=_values["roles"])
_SAVE_ENDING = _change.values(ended_at=bindparam("ended", type_=INSTANT), password_hash=_VOID)
_freed = delete(login_addresses).where(
    login_addresses.c.organization_id == bindparam("here"), login_addresses.c.account_id == bindparam("this")
)
_SAVE_ERASURE = _change.values(
    name="",
    email="",
    language=None,
    ended_at=bindparam("ended", type_=INSTANT),
    password_hash=_VOID,
    last_login_at=None,
).add_cte(_freed.cte("freed"))
_known = _a.name != ""  # the name of an erased account is empty
_LAST_LOGINS = select(_a.id, _a.last_login_at).where(
    _a.organization_id == bindparam("organization_id"), _a.last_login_at.is_not(None)
)

_HOLDS_PASSWORD = (
    select(_a.id)
    .where(
        _a.organization_id == bindparam("organization_id"),
        _a.id == bindparam("id"),
        _a.password_hash == bindparam("password_hash"),
    )
    .with_for_update(key_share=True)
)

_ACCOUNT = select(accounts).where(_a.organization_id == bindparam("organization_id"), _a.id == bindparam("id"), _known)
# The weakest lock, which the booking's foreign key takes anyway. It waits for a change of roles and reads the result.
_ACCOUNT_TO_ASSIGN = _ACCOUNT.with_for_update(read=True, key_share=True)
# Waits for sign-ins, which lock the password, and they for it.
_ACCOUNT_TO_CHANGE = _ACCOUNT.with_for_update(key_share=True)

_ACCOUNTS = select(accounts).where(
    _a.organization_id == bindparam("organization_id"), _a.id == func.any(bindparam("ids", type_=UUIDS)), _known
)

_PERSON_BY_EMAIL = (
    select(accounts)
    .join(
        login_addresses,
        (login_addresses.c.organization_id == _a.organization_id) & (login_addresses.c.account_id == _a.id),
    )
    .where(login_addresses.c.email == bindparam("email"))
)

_BY_EMAIL = _PERSON_BY_EMAIL.where(_a.ended_at.is_(None), _a.password_hash != _VOID)

_EVERYBODY = (
    select(accounts)
    .where(_a.organization_id == bindparam("organization_id"), _known)
    .order_by(func.lower(_a.name), _a.name, _a.id)
)
# Locks in id order, which prevents deadlocks. A booking's foreign key waits for this lock, and for no weaker one.
_EVERYBODY_TO_CHANGE = (
    select(accounts).where(_a.organization_id == bindparam("organization_id"), _known).order_by(_a.id).with_for_update()
)
_CONSULTANTS = _EVERYBODY.where(_a.roles.contains([Role.CONSULTANT.value]), _a.ended_at.is_(None))


class PostgresPeople(People):
    """`forget` updates this process's own cache before the notification of the database arrives."""

    def __init__(self, transaction: Transaction, forget: Callable[[UUID, UUID], None]) -> None:
        self._transaction = transaction
        self._forget = forget

    async def add_organization(self, organization: Organization) -> None:
        await self._transaction.run(_ADD_ORGANIZATION, organization_id=organization.id, **_settings(organization))

    async def organization(self, organization_id: UUID) -> Organization | None:
        row = (await self._transaction.run(_ORGANIZATION, organization_id=organization_id)).one_or_none()
        return _to_organization(row) if row else None

    async def any_organization(self) -> bool:
        return bool((await self._transaction.run(_ANY_ORGANIZATION)).scalar_one())

    async def save_organization(self, organization: Organization) -> None:
        await self._transaction.run(_SAVE_ORGANIZATION, here=organization.id, **_settings(organization))

    async def follow_zone(self, organization_id: UUID, before: str, after: str) -> None:
        followed = await self._transaction.run(_FOLLOW_ZONE, here=organization_id, before=before, after=after)
        for row in followed.all():
            self._transaction.afterwards(partial(self._forget, organization_id, row.id))

    async def add_account(self, account: Account, password_hash: str) -> None:
        added = await self._transaction.run(_ADD_ACCOUNT, **_to_row(account), password_hash=password_hash)
        if added.first() is None:
            raise Invalid("email", Rule.EMAIL_TAKEN, email=account.email)

    async def save_preferences(self, account: Account) -> None:
        await self._transaction.run(
            _SAVE_PREFERENCES,
            here=account.organization_id,
            this=account.id,
            name=account.name,
            zone=account.zone,
            language=account.language and account.language.value,
        )
        self._transaction.afterwards(partial(self._forget, account.organization_id, account.id))

    async def set_password(self, account: Account, password_hash: str) -> None:
        await self._transaction.run(
            _SET_PASSWORD, here=account.organization_id, this=account.id, password_hash=password_hash
        )

    async def holds_password(self, account: Account, password_hash: str) -> bool:
        found = await self._transaction.run(
            _HOLDS_PASSWORD, organization_id=account.organization_id, id=account.id, password_hash=password_hash
        )
        return found.first() is not None

    async def account(self, organization_id: UUID, account_id: UUID) -> Account | None:
        row = (await self._transaction.run(_ACCOUNT, organization_id=organization_id, id=account_id)).one_or_none()
        return to_account(row) if row else None

    async def account_to_assign(self, organization_id: UUID, account_id: UUID) -> Account | None:
        found = await self._transaction.run(_ACCOUNT_TO_ASSIGN, organization_id=organization_id, id=account_id)
        row = found.one_or_none()
        return to_account(row) if row else None

    async def account_to_change(self, organization_id: UUID, account_id: UUID) -> Account | None:
        found = await self._transaction.run(_ACCOUNT_TO_CHANGE, organization_id=organization_id, id=account_id)
        row = found.one_or_none()
        return to_account(row) if row else None

    async def everybody_to_change(self, organization_id: UUID) -> Sequence[Account]:
        found = await self._transaction.run(_EVERYBODY_TO_CHANGE, organization_id=organization_id)
        return list(map(to_account, found.all()))

    async def save_roles(self, account: Account) -> None:
        here, this = account.organization_id, account.id
        await self._transaction.run(_SAVE_ROLES, here=here, this=this, roles=_roles(account))
        self._transaction.afterwards(partial(self._forget, here, this))

    async def save_ending(self, account: Account) -> None:
        here, this = account.organization_id, account.id
        await self._transaction.run(_SAVE_ENDING, here=here, this=this, ended=account.ended_at)
        self._transaction.afterwards(partial(self._forget, here, this))

    async def save_erasure(self, account: Account) -> None:
        here, this = account.organization_id, account.id
        await self._transaction.run(_SAVE_ERASURE, here=here, this=this, ended=account.ended_at)
        self._transaction.afterwards(partial(self._forget, here, this))

    async def last_logins(self, organization_id: UUID) -> Mapping[UUID, datetime]:
        found = await self._transaction.run(_LAST_LOGINS, organization_id=organization_id)
        return {row.id: row.last_login_at for row in found.all()}

    async def accounts(self, organization_id: UUID, account_ids: Collection[UUID]) -> Sequence[Account]:
        found = await self._transaction.run(_ACCOUNTS, organization_id=organization_id, ids=list(account_ids))
        return list(map(to_account, found.all()))

    async def account_by_email(self, email: str) -> tuple[Account, str] | None:
        row = (await self._transaction.run(_BY_EMAIL, email=email)).one_or_none()
        return (to_account(row), row.password_hash) if row else None

    async def person_by_email(self, email: str) -> Account | None:
        row = (await self._transaction.run(_PERSON_BY_EMAIL, email=email)).one_or_none()
        return to_account(row) if row else None

    async def everybody(self, organization_id: UUID) -> Sequence[Account]:
        found = await self._transaction.run(_EVERYBODY, organization_id=organization_id)
        return list(map(to_account, found.all()))

    async def consultants(self, organization_id: UUID) -> Sequence[Account]:
        found = await self._transaction.run(_CONSULTANTS, organization_id=organization_id)
        return list(map(to_account, found.all()))


def to_account(row: Row[Any]) -> Account:
    roles = frozenset(map(Role, row.roles))
    language = to_language(row.language)
    return Account(row.organization_id, row.id, row.email, row.name, roles, row.zone, language, row.ended_at)


def _to_organization(row: Row[Any]) -> Organization:
    language, idle = to_language(row.language), IdleMinutes(row.idle_minutes)
    return Organization(row.organization_id, row.name, row.zone, language, idle, row.second_factor_from)


def _settings(organization: Organization) -> dict[str, Any]:
    language = organization.language and organization.language.value
    idle = organization.idle_minutes.value
    return {
        "name": organization.name,
        "zone": organization.zone,
        "language": language,
        "idle_minutes": idle,
        "second_factor_from": organization.second_factor_from,
    }


def _roles(account: Account) -> list[str]:
    return sorted(role.value for role in account.roles)


def to_language(stored: str | None) -> Language | None:
    return Language(stored) if stored else None


def _to_row(account: Account) -> dict[str, Any]:
    return {
        "organization_id": account.organization_id,
        "id": account.id,
        "email": account.email,
        "name": account.name,
        "roles": _roles(account),
        "zone": account.zone,
        "language": account.language and account.language.value,
        "ended_at": account.ended_at,
    }
