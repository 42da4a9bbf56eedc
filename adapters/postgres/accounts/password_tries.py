"""Tries of passwords in PostgreSQL: places are locked in one order, so that nobody waits for each other."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, column, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY, insert

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.schema.metadata import BYTES, INSTANT
from adapters.postgres.schema.people_tables import password_tries
from domain.accounts.tries import Tries
from domain.ports.people import PasswordTries

_t = password_tries.c
_places = bindparam("places", type_=ARRAY(BYTES))

_new = insert(password_tries).from_select(["place"], select(func.unnest(_places)))
_TO_COUNT = _new.on_conflict_do_update(index_elements=["place"], set_={"place": _new.excluded.place}).returning(
    _t.place, _t.forgotten_at
)
_counted = (
    func.unnest(_places, bindparam("moments", type_=ARRAY(INSTANT)))
    .table_valued(column("place", BYTES), column("forgotten_at", INSTANT))
    .render_derived("counted")
)
_SAVE = update(password_tries).where(_t.place == _counted.c.place).values(forgotten_at=_counted.c.forgotten_at)
_forgotten = (
    select(_t.place)
    .where(or_(_t.forgotten_at < bindparam("moment", type_=INSTANT), _t.forgotten_at.is_(None)))
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("forgotten")
)
_FORGET = delete(password_tries).where(_t.place == _forgotten.c.place)


class PostgresPasswordTries(PasswordTries):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def to_count(self, places: Collection[bytes]) -> Sequence[Tries]:
        found = await self._transaction.run(_TO_COUNT, places=sorted(set(places)))
        return [Tries(row.place, row.forgotten_at) for row in found.all()]

    async def save(self, tries: Collection[Tries]) -> None:
        places, moments = [one.place for one in tries], [one.forgotten_at for one in tries]
        await self._transaction.run(_SAVE, places=places, moments=moments)

    async def remove_forgotten_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_FORGET, moment=moment, most=most)).rowcount
