"""Login sessions in PostgreSQL."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Row, bindparam, delete, func, insert, select, update

from adapters.postgres.accounts.people import to_account
from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.retention import remove_before
from adapters.postgres.schema.metadata import BYTES, INSTANT, TEXT
from adapters.postgres.schema.people_tables import accounts, login_sessions, organizations
from domain.accounts.account import Account
from domain.accounts.device import Device
from domain.accounts.login_session import IdleMinutes, LoginSession
from domain.accounts.sign_in_method import SignInMethod
from domain.ports.people import LoginSessions

_s = login_sessions.c
_this = (_s.organization_id == bindparam("organization_id"), _s.token_hash == bindparam("token_hash"))

_proved_at = func.coalesce(_s.proved_at, _s.made_at).label("proved_at")

_columns = (
    _s.token_hash,
    _s.made_at,
    _s.used_at,
    _proved_at,
    _s.browser,
    _s.system,
    _s.network,
    _s.new_browser,
    organizations.c.idle_minutes,
    _s.method,
    _s.two_factors,
)

# Core treats a parameter named like a column as a value to set, so the keys have parameter names of their own.
_noted = (
    update(accounts)
    .where(
        accounts.c.organization_id == bindparam("here"),
        accounts.c.id == bindparam("who"),
        accounts.c.last_login_at.is_distinct_from(bindparam("hour", type_=INSTANT)),
    )
    .values(last_login_at=bindparam("hour", type_=INSTANT))
    .cte("noted")
)
_ADD = (
    insert(login_sessions)
    .values(
        organization_id=bindparam("here"),
        token_hash=bindparam("token_hash"),
        account_id=bindparam("who"),
        made_at=bindparam("made_at", type_=INSTANT),
        used_at=bindparam("used_at", type_=INSTANT),
        proved_at=bindparam("proved_at", type_=INSTANT),
        browser=bindparam("browser", type_=TEXT),
        system=bindparam("system", type_=TEXT),
        network=bindparam("network", type_=TEXT),
        new_browser=bindparam("new_browser", type_=Boolean),
        method=bindparam("method", type_=TEXT),
        two_factors=bindparam("two_factors", type_=Boolean),
    )
    .add_cte(_noted)
)
_ACCOUNT = (
    select(*_columns, accounts, organizations.c.second_factor_from)
    .join(organizations, organizations.c.organization_id == _s.organization_id)
    .join(accounts, (accounts.c.organization_id == _s.organization_id) & (accounts.c.id == _s.account_id))
    .where(*_this, accounts.c.ended_at.is_(None))
)
_REMOVE = delete(login_sessions).where(*_this)
_REMOVE_OF_ACCOUNT = (
    delete(login_sessions)
    .where(
        _s.organization_id == bindparam("organization_id"),
        _s.account_id == bindparam("account_id"),
        _s.token_hash.is_distinct_from(bindparam("but", type_=BYTES)),
    )
    .returning(_s.token_hash)
)
_REMOVE_OLD = remove_before(_s.made_at)
_REMOVE_UNUSED = remove_before(_s.used_at)
_NOTE_USE = (
    update(login_sessions)
    .where(_s.organization_id == bindparam("here"), _s.token_hash == bindparam("this"))
    .values(used_at=bindparam("at", type_=INSTANT))
)
_OF_ACCOUNT = (
    select(*_columns)
    .join(organizations, organizations.c.organization_id == _s.organization_id)
    .where(_s.organization_id == bindparam("organization_id"), _s.account_id == bindparam("account_id"))
    .order_by(_s.used_at.desc(), _s.token_hash.desc())
)
_ACKNOWLEDGE = (
    update(login_sessions)
    .where(_s.organization_id == bindparam("here"), _s.token_hash == bindparam("this"))
    .values(new_browser=False)
)
_NOTE_PROOF = (
    update(login_sessions)
    .where(_s.organization_id == bindparam("here"), _s.token_hash == bindparam("this"))
    .values(proved_at=bindparam("at", type_=INSTANT))
)
_NOTE_FACTORS = (
    update(login_sessions)
    .where(_s.organization_id == bindparam("here"), _s.token_hash == bindparam("this"))
    .values(two_factors=bindparam("two", type_=Boolean))
)


class PostgresLoginSessions(LoginSessions):
    """`forget` updates this process's own cache before the notification of the database arrives."""

    def __init__(self, transaction: Transaction, forget: Callable[[UUID, bytes], None]) -> None:
        self._transaction = transaction
        self._forget = forget

    async def add(self, log_in: LoginSession) -> None:
        await self._transaction.run(
            _ADD,
            here=log_in.organization_id,
            who=log_in.account_id,
            token_hash=log_in.token_hash,
            made_at=log_in.made_at,
            used_at=log_in.used_at,
            proved_at=log_in.proved_at,
            browser=log_in.device.browser,
            system=log_in.device.system,
            network=log_in.device.network,
            new_browser=log_in.new_browser,
            method=log_in.method,
            two_factors=log_in.two_factors,
            hour=log_in.made_at.replace(minute=0, second=0, microsecond=0),
        )

    async def account(self, organization_id: UUID, token_hash: bytes) -> tuple[LoginSession, Account] | None:
        found = await self._transaction.run(_ACCOUNT, organization_id=organization_id, token_hash=token_hash)
        row = found.one_or_none()
        if row is None:
            return None
        log_in = replace(_to_log_in(row.organization_id, row.id, row), second_factor_from=row.second_factor_from)
        return log_in, to_account(row)

    async def note_use(self, log_in: LoginSession) -> None:
        key = log_in.organization_id, log_in.token_hash
        await self._transaction.run(_NOTE_USE, here=key[0], this=key[1], at=log_in.used_at)
        self._transaction.afterwards(partial(self._forget, *key))

    async def of_account(self, organization_id: UUID, account_id: UUID) -> Sequence[LoginSession]:
        found = await self._transaction.run(_OF_ACCOUNT, organization_id=organization_id, account_id=account_id)
        return [_to_log_in(organization_id, account_id, row) for row in found.all()]

    async def acknowledge(self, log_in: LoginSession) -> None:
        key = log_in.organization_id, log_in.token_hash
        await self._transaction.run(_ACKNOWLEDGE, here=key[0], this=key[1])
        self._transaction.afterwards(partial(self._forget, *key))

    async def note_proof(self, log_in: LoginSession) -> None:
        key = log_in.organization_id, log_in.token_hash
        await self._transaction.run(_NOTE_PROOF, here=key[0], this=key[1], at=log_in.proved_at)
        self._transaction.afterwards(partial(self._forget, *key))

    async def note_factors(self, log_in: LoginSession) -> None:
        key = log_in.organization_id, log_in.token_hash
        await self._transaction.run(_NOTE_FACTORS, here=key[0], this=key[1], two=log_in.two_factors)
        self._transaction.afterwards(partial(self._forget, *key))

    async def remove(self, organization_id: UUID, token_hash: bytes) -> None:
        await self._transaction.run(_REMOVE, organization_id=organization_id, token_hash=token_hash)
        self._transaction.afterwards(partial(self._forget, organization_id, token_hash))

    async def remove_of_account(self, organization_id: UUID, account_id: UUID, *, but: bytes | None = None) -> int:
        removed = await self._transaction.run(
            _REMOVE_OF_ACCOUNT, organization_id=organization_id, account_id=account_id, but=but
        )
        for row in removed.all():
            self._transaction.afterwards(partial(self._forget, organization_id, row.token_hash))
        return removed.rowcount

    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_REMOVE_OLD, moment=moment, most=most)).rowcount

    async def remove_unused_since(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_REMOVE_UNUSED, moment=moment, most=most)).rowcount


def to_method(stored: str | None) -> SignInMethod:
    """The release before this column stored none: people signed in with passwords."""
    return SignInMethod(stored) if stored else SignInMethod.PASSWORD


def _to_log_in(organization_id: UUID, account_id: UUID, row: Row[Any]) -> LoginSession:
    return LoginSession(
        organization_id,
        row.token_hash,
        account_id,
        row.made_at,
        row.used_at,
        row.proved_at,
        Device(row.browser, row.system, row.network),
        bool(row.new_browser),
        IdleMinutes(row.idle_minutes),
        to_method(row.method),
        bool(row.two_factors),
    )
