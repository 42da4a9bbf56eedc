"""Connections in PostgreSQL."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Case, CursorResult, Interval, and_, bindparam, case, delete, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.connection.connection_rows import to_connection, to_row
from adapters.postgres.engine.sanitize import storable
from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.schema.connection_tables import connections, provider_users
from adapters.postgres.schema.metadata import INSTANT, TEXTS, UUID_
from adapters.postgres.token_cipher import TokenCipher
from domain.connection.connection import Connection, ConnectionStatus
from domain.connection.errors import ProviderAccountTaken
from domain.failure_reason import FailureReason
from domain.meeting.host import Host
from domain.meeting.orphans import EVERY
from domain.ports.connections import Connections

_c, _u = connections.c, provider_users.c
_values = {column.name: bindparam(column.name, type_=column.type) for column in connections.c}
_here = _c.organization_id == bindparam("organization_id")
_theirs = _c.consultant_id == bindparam("consultant_id")
_this = (_here, _theirs, _c.provider == bindparam("provider"))
_own_user = (
    _u.provider == bindparam("provider"),
    _u.organization_id == bindparam("organization_id"),
    _u.consultant_id == bindparam("consultant_id"),
)

_FIND = select(connections).where(*_this)
_TO_CHANGE = _FIND.with_for_update(key_share=True)
_OF_PROVIDER_USER = (
    select(connections)
    .join(
        provider_users,
        and_(
            _u.organization_id == _c.organization_id, _u.consultant_id == _c.consultant_id, _u.provider == _c.provider
        ),
    )
    .where(_u.provider == bindparam("provider"), _u.user_id == bindparam("user_id"), _c.user_id == bindparam("user_id"))
    .with_for_update(of=connections, key_share=True)
)
_OF_ORGANIZATION = select(connections).where(_here).order_by(_c.consultant_id, _c.provider)
_OF_CONSULTANT = select(connections).where(_here, _theirs).order_by(_c.provider)
_IDLE = (
    select(connections)
    .where(
        _c.status == ConnectionStatus.CONNECTED.value,
        _c.access_token.is_not(None),
        _c.refreshed_at < bindparam("refreshed_before", type_=INSTANT),
        or_(
            bindparam("after_id", type_=UUID_).is_(None),
            tuple_(_c.refreshed_at, _c.id)
            > tuple_(bindparam("after_at", type_=INSTANT), bindparam("after_id", type_=UUID_)),
        ),
    )
    .order_by(_c.refreshed_at, _c.id)
    .limit(bindparam("most"))
)
_DISCONNECTING = (
    select(connections)
    .where(
        _c.status == ConnectionStatus.DISCONNECTING.value,
        func.coalesce(_c.retry_at, _c.connected_at) <= bindparam("now", type_=INSTANT),
    )
    .order_by(_c.retry_at)
    .limit(bindparam("most"))
)
_sweep_at = func.coalesce(_c.sweep_at, _c.connected_at + bindparam("every", type_=Interval()))
_TO_BE_SWEPT = (
    select(connections)
    .where(
        _c.provider == func.any(bindparam("providers", type_=TEXTS)),
        _c.status == ConnectionStatus.CONNECTED.value,
        _c.access_token.is_not(None),
        _sweep_at <= bindparam("now", type_=INSTANT),
    )
    .order_by(_sweep_at)
    .limit(bindparam("most"))
)
_UNVERIFIED = (
    select(connections)
    .where(_c.removal_reported_at.is_not(None), _c.ask_at <= bindparam("now", type_=INSTANT))
    .order_by(_c.ask_at)
    .limit(bindparam("most"))
)

# The statement takes the provider's user first. If another consultant has that user, the statement writes nothing. The
# second of two concurrent transactions waits here until the first one ends.
_take = insert(provider_users).values({column.name: _values[column.name] for column in provider_users.c})
_taken = (
    _take.on_conflict_do_update(
        index_elements=[_u.provider, _u.user_id],
        set_={"user_id": _take.excluded.user_id},
        where=and_(
            _u.organization_id == _take.excluded.organization_id, _u.consultant_id == _take.excluded.consultant_id
        ),
    )
    .returning(_u.user_id)
    .cte("taken")
)
_freed = delete(provider_users).where(*_own_user, _u.user_id != _taken.c.user_id).cte("freed")
_put = insert(connections).from_select(list(connections.c), select(*_values.values()).select_from(_taken))
_unreadable = _put.excluded.refresh_failure == FailureReason.TOKENS_UNREADABLE.value


def _kept(token: str) -> Case[Any]:
    """A connection whose tokens this process cannot decrypt is saved without them; the row keeps them, because the
    operator may restore the key."""
    return case((_unreadable, _c[token]), else_=_put.excluded[token])


_SAVE = (
    _put.on_conflict_do_update(
        index_elements=[_c.organization_id, _c.consultant_id, _c.provider],
        set_={
            name: _put.excluded[name]
            for name in _values
            if name not in ("organization_id", "consultant_id", "provider")
        }
        | {name: _kept(name) for name in ("access_token", "refresh_token", "expires_at", "scopes")},
    )
    .returning(_c.id)
    .add_cte(_freed)
)

_released = delete(provider_users).where(*_own_user).cte("released")
_REMOVE = delete(connections).where(*_this).add_cte(_released)


class PostgresConnections(Connections):
    def __init__(self, transaction: Transaction, cipher: TokenCipher) -> None:
        self._transaction = transaction
        self._cipher = cipher

    async def find(self, host: Host) -> Connection | None:
        return self._one(await self._transaction.run(_FIND, **asdict(host)))

    async def to_change(self, host: Host) -> Connection | None:
        return self._one(await self._transaction.run(_TO_CHANGE, **asdict(host)))

    async def of_provider_user(self, provider: str, user_id: str) -> Connection | None:
        found = await self._transaction.run(_OF_PROVIDER_USER, provider=provider, user_id=storable(user_id))
        return self._one(found)

    async def of_organization(self, organization_id: UUID) -> Sequence[Connection]:
        return self._all(await self._transaction.run(_OF_ORGANIZATION, organization_id=organization_id))

    async def of_consultant(self, organization_id: UUID, consultant_id: UUID) -> Sequence[Connection]:
        return self._all(
            await self._transaction.run(_OF_CONSULTANT, organization_id=organization_id, consultant_id=consultant_id)
        )

    async def save(self, connection: Connection) -> None:
        saved = await self._transaction.run(_SAVE, **to_row(connection, self._cipher))
        if saved.first() is None:
            raise ProviderAccountTaken(label=connection.provider, email=connection.account.email)

    async def remove(self, connection: Connection) -> None:
        await self._transaction.run(_REMOVE, **asdict(connection.host))

    async def idle(
        self, *, refreshed_before: datetime, most: int, after: Connection | None = None
    ) -> Sequence[Connection]:
        last = {"after_at": after and after.refreshed_at, "after_id": after and after.id}
        return self._all(await self._transaction.run(_IDLE, refreshed_before=refreshed_before, most=most, **last))

    async def disconnecting(self, *, now: datetime, most: int) -> Sequence[Connection]:
        return self._all(await self._transaction.run(_DISCONNECTING, now=now, most=most))

    async def to_be_swept(self, providers: Collection[str], *, now: datetime, most: int) -> Sequence[Connection]:
        found = await self._transaction.run(_TO_BE_SWEPT, providers=list(providers), every=EVERY, now=now, most=most)
        return self._all(found)

    async def with_unverified_removals(self, *, now: datetime, most: int) -> Sequence[Connection]:
        return self._all(await self._transaction.run(_UNVERIFIED, now=now, most=most))

    def _one(self, found: CursorResult[Any]) -> Connection | None:
        row = found.one_or_none()
        return to_connection(row, self._cipher) if row else None

    def _all(self, found: CursorResult[Any]) -> Sequence[Connection]:
        return [to_connection(row, self._cipher) for row in found]
