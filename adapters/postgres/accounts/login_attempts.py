"""Login attempts in PostgreSQL. Statements lock the rows in key order, which prevents deadlocks."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, column, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY, insert

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.schema.metadata import BYTES, INSTANT
from adapters.postgres.schema.people_tables import login_attempts
from domain.accounts.gcra import GcraState
from domain.ports.people import LoginAttempts

_t = login_attempts.c
_keys = bindparam("keys", type_=ARRAY(BYTES))

_new = insert(login_attempts).from_select(["key"], select(func.unnest(_keys)))
_TO_COUNT = _new.on_conflict_do_update(index_elements=["key"], set_={"key": _new.excluded.key}).returning(
    _t.key, _t.forgotten_at
)
_counted = (
    func.unnest(_keys, bindparam("moments", type_=ARRAY(INSTANT)))
    .table_valued(column("key", BYTES), column("forgotten_at", INSTANT))
    .render_derived("counted")
)
_SAVE = update(login_attempts).where(_t.key == _counted.c.key).values(forgotten_at=_counted.c.forgotten_at)
_forgotten = (
    select(_t.key)
    .where(or_(_t.forgotten_at < bindparam("moment", type_=INSTANT), _t.forgotten_at.is_(None)))
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("forgotten")
)
_FORGET = delete(login_attempts).where(_t.key == _forgotten.c.key)


class PostgresLoginAttempts(LoginAttempts):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def to_count(self, keys: Collection[bytes]) -> Sequence[GcraState]:
        found = await self._transaction.run(_TO_COUNT, keys=sorted(set(keys)))
        return [GcraState(row.key, row.forgotten_at) for row in found.all()]

    async def save(self, states: Collection[GcraState]) -> None:
        keys, moments = [one.key for one in states], [one.forgotten_at for one in states]
        await self._transaction.run(_SAVE, keys=keys, moments=moments)

    async def remove_forgotten_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_FORGET, moment=moment, most=most)).rowcount
