"""The rate limit of a provider in PostgreSQL. One statement acquires, with the arithmetic of
`domain.rate_limit.Bucket`.

Two statements with a lock between them would hold the busiest row of the database for a round trip.
"""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.postgres.engine.reader import Reader
from adapters.postgres.engine.transaction import translated_errors
from adapters.postgres.schema.metadata import INSTANT
from adapters.postgres.schema.rate_limit_tables import rate_limits
from domain.ports.rate_limiter import RateLimiter
from domain.rate_limit import GROWTH, HORIZON, Bucket, RateLimit, Reservation

# `r` is the row before the update. `at` is the time when the bucket has room; `in_time` tells whether that is within
# the caller's patience.
_AT = "greatest(r.free_at, %(now)s::timestamptz)"
_IN_TIME = f"{_AT} - %(now)s <= %(patience)s::interval"
_GROWN = f"""CASE WHEN {_IN_TIME} AND r.free_at > %(now)s AND %(now)s >= r.steady_until
    THEN greatest(least(r.rate * %(growth)s::float8, %(at_most)s::float8), r.rate) ELSE r.rate END"""
_QUEUED = f"least(greatest(r.queued_until, {_AT}) + %(calls)s::float8 / r.rate * interval '1 s', {_AT} + %(horizon)s)"

_ACQUIRE = f"""
WITH held AS (
    SELECT max(free_at) AS until FROM rate_limits WHERE key = ANY (%(holds)s)
), taken AS (
    INSERT INTO rate_limits AS r (key, free_at, queued_until, rate, steady_until, reserved_at)
    SELECT %(key)s, %(now)s::timestamptz + %(calls)s::float8 / %(at_first)s::float8 * interval '1 s', %(now)s,
        %(at_first)s, %(steady_until)s, %(now)s
    FROM held WHERE coalesce(held.until <= %(now)s + %(patience)s::interval, true)
    ON CONFLICT (key) DO UPDATE SET
        free_at = CASE WHEN {_IN_TIME}
            THEN {_AT} + %(calls)s::float8 / ({_GROWN}) * interval '1 s' ELSE r.free_at END,
        queued_until = CASE WHEN {_IN_TIME} THEN r.queued_until ELSE {_QUEUED} END,
        rate = {_GROWN},
        reserved_at = CASE WHEN {_IN_TIME} THEN {_AT} END
    RETURNING reserved_at, queued_until
)
SELECT taken.reserved_at, coalesce(taken.queued_until, held.until) FROM held LEFT JOIN taken ON true
""".encode()  # noqa: S608 - constants of this module only

_REFUSED_SINCE = b"SELECT refused_at >= %(moment)s FROM rate_limits WHERE key = %(key)s"

_b = rate_limits.c
_row = {column.name: bindparam(column.name, type_=column.type) for column in _b}
_new = insert(rate_limits).values(_row)
_TO_CHANGE = _new.on_conflict_do_update(index_elements=["key"], set_={"key": _new.excluded.key}).returning(*_b)
_SAVE = (
    update(rate_limits)
    .where(_b.key == bindparam("this"))
    .values({name: value for name, value in _row.items() if name not in ("key", "reserved_at")})
)
_idle = (
    select(_b.key)
    .where(_b.free_at < bindparam("free_before", type_=INSTANT))
    .order_by(_b.free_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("idle")
)
_LIFT = delete(rate_limits).where(_b.key == bindparam("hold"))
_FORGET = delete(rate_limits).where(_b.key == _idle.c.key)


class PostgresRateLimiter(RateLimiter):
    def __init__(self, reader: Reader, engine: AsyncEngine) -> None:
        self._reader = reader
        self._engine = engine

    async def acquire(
        self,
        key: bytes,
        limit: RateLimit,
        *,
        calls: int,
        holds: Collection[bytes],
        now: datetime,
        patience: timedelta,
    ) -> Reservation:
        fresh = Bucket.new(limit, now)
        row = await self._reader.first(
            _ACQUIRE,
            key=key,
            holds=list(holds),
            now=now,
            calls=calls,
            patience=patience,
            horizon=HORIZON,
            growth=GROWTH,
            at_first=limit.at_first,
            at_most=limit.at_most,
            steady_until=fresh.steady_until,
        )
        granted_at, otherwise = row or (None, now)
        return Reservation(granted_at or otherwise, granted=granted_at is not None)

    async def refused_since(self, key: bytes, moment: datetime) -> bool:
        row = await self._reader.first(_REFUSED_SINCE, key=key, moment=moment)
        return bool(row and row[0])

    async def refused(
        self, key: bytes, limit: RateLimit, *, until: datetime | None, per_second: float | None, now: datetime
    ) -> Reservation:
        with translated_errors():
            async with self._engine.begin() as connection:
                found = await connection.execute(_TO_CHANGE, {"key": key, **_stored(Bucket.new(limit, now))})
                bucket = _read(found.one()).refused(now, until, per_second)
                bucket, reservation = bucket.queue(1, now)
                await connection.execute(_SAVE, {"this": key, **_stored(bucket)})
        return reservation

    async def lift(self, hold: bytes) -> None:
        with translated_errors():
            async with self._engine.begin() as connection:
                await connection.execute(_LIFT, {"hold": hold})

    async def forget(self, *, free_before: datetime, most: int) -> int:
        with translated_errors():
            async with self._engine.begin() as connection:
                return (await connection.execute(_FORGET, {"free_before": free_before, "most": most})).rowcount


def _stored(bucket: Bucket) -> dict[str, Any]:
    return {**asdict(bucket), "reserved_at": None}


def _read(row: Row[Any]) -> Bucket:
    return Bucket(row.free_at, row.queued_until, row.rate, row.steady_until, row.refused_at)
