"""The raw driver's endpoint: what remains of the service when everything but HTTP, SQL and the provider's call is
left out. No sign-in, no rights, no rules, no refusals, no limits of time; SQL by psycopg, prepared, from a pool."""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import uvicorn
from litestar import Litestar, Response, get, post
from litestar.params import FromPath, FromQuery, JSONBody
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from tests.benchmarks import questions as ask

LONGEST = timedelta(hours=24)


class Means(msgspec.Struct):
    """What it is told in RAW_MEANS: whose sessions, where, and how the provider is called."""

    database: str
    organization: UUID
    reader: UUID
    create_address: str
    access_token: str


class Form(msgspec.Struct):
    consultant_id: UUID
    client_ids: list[UUID]
    starts_at: datetime
    ends_at: datetime
    zone: str
    title: str
    notes: str
    online: bool
    provider: str


class Created(msgspec.Struct):
    id: int
    join_url: str


def json_text(value: object) -> str:
    return msgspec.json.encode(value).decode()


class Raw:
    def __init__(self, means: Means) -> None:
        self._means = means
        self._http = httpx.AsyncClient(
            headers={"authorization": f"Bearer {means.access_token}", "content-type": "application/json"},
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=64),
        )
        self._pool = AsyncConnectionPool(means.database, min_size=10, max_size=10, open=False, configure=_configure)

    @asynccontextmanager
    async def running(self, _: Litestar) -> AsyncIterator[None]:
        async with self._pool, self._http:
            await self._pool.wait()
            gc.collect()
            gc.freeze()
            yield

    async def one(self, booking_id: UUID) -> Response[bytes]:
        return _answer(await self._first(ask.READ_ONE, {"organization_id": self._means.organization, "id": booking_id}))

    async def week(self, start: datetime, until: datetime) -> Response[bytes]:
        values = {
            "organization_id": self._means.organization,
            "consultant_id": self._means.reader,
            "starts_from": start,
            "starts_before": until,
            "longest": LONGEST,
            "most": 51,
        }
        return _answer(b'{"items":' + await self._first(ask.LIST_WEEK, values) + b',"next":null}')

    async def book(self, form: Form) -> Response[bytes]:
        booking_id, marker, now = uuid4(), uuid4(), datetime.now(UTC)
        organization = self._means.organization
        host = {"organization_id": organization, "consultant_id": form.consultant_id, "provider": form.provider}
        meeting = {
            "marker": marker, "provider": form.provider, "host_id": form.consultant_id, "topic": form.title,
            "starts_at": form.starts_at, "ends_at": form.ends_at, "zone": form.zone,
        }  # fmt: skip
        row = {
            **host, **msgspec.structs.asdict(form), "id": booking_id, "here": organization, "this": booking_id,
            "status": "planned", "version": 1, "search_key": form.title.lower(),
            "hosts": [f"{form.provider}:{form.consultant_id}"],
            "reconciliation": json_text({"reason": "new", "markers": 1, "meeting": meeting}),
            "meeting": json_text(_view("wanted", "making", None)), "due_at": now + timedelta(minutes=1),
            "lease_token": uuid4(), "lease_until": now + timedelta(minutes=1),
            "creation_organization_id": organization, "creation_key": booking_id, "creation_object_id": booking_id,
            "creation_content": f"{marker}", "creation_asked_at": now,
        }  # fmt: skip
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute(ask.KNOWN_CLIENTS, {"organization_id": organization, "ids": form.client_ids})
            await connection.execute(ask.FIND_CONNECTION, host)
            await connection.execute(ask.ADD_BOOKING, row)
            await connection.execute(ask.ADD_ENTRY, self._line(row, now, "booked"))
        created = await self._create(form, marker)
        held = meeting | {"id": str(created.id), "join_link": created.join_url}
        row |= {
            "reconciliation": json_text({"reason": "new", "markers": 1, "meeting": held}),
            "meeting": json_text(_view("ready", None, created.join_url)),
            "due_at": None, "lease_token": None, "lease_until": None,
        }  # fmt: skip
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute(ask.LOCK_BOOKING, {"organization_id": organization, "id": booking_id})
            await connection.execute(ask.ADD_ENTRY, self._line(row, now, "create"))
            await connection.execute(ask.SAVE_BOOKING, row)
        found = await self._first(ask.READ_ONE, {"organization_id": organization, "id": booking_id})
        return _answer(found, 201)

    async def _first(self, question: str, values: dict[str, Any]) -> bytes:
        async with self._pool.connection() as connection:
            row = await (await connection.execute(question, values)).fetchone()
        assert row
        return str(row[0]).encode()

    async def _create(self, form: Form, marker: UUID) -> Created:
        body = meeting_body(form.title, form.starts_at, form.zone, marker)
        answer = await self._http.post(self._means.create_address, content=body)
        return msgspec.json.decode(answer.raise_for_status().content, type=Created)

    def _line(self, row: dict[str, Any], now: datetime, action: str) -> dict[str, str]:
        entry = {
            "organization_id": row["organization_id"], "subject_id": row["id"], "at": now, "action": action,
            "actor_id": row["consultant_id"], "on_behalf_of": row["consultant_id"], "provider": row["provider"],
            "host_id": row["consultant_id"], "reason": "new", "outcome": "done", "answer": "", "facts": {},
        }  # fmt: skip
        return {"entries": json_text([entry])}


def meeting_body(title: str, starts_at: datetime, zone: str, marker: UUID) -> bytes:
    return msgspec.json.encode({
        "type": 2, "topic": title, "agenda": f"Calendra {marker}", "timezone": zone, "duration": 50,
        "start_time": starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "default_password": True,
        "settings": {"use_pmi": False, "waiting_room": True, "join_before_host": False},
    })  # fmt: skip


def _view(status: str, reason: str | None, link: str | None) -> dict[str, object]:
    return {
        "status": status, "reason": reason, "detail": "", "until": None, "waits_for": None, "join_link": link,
        "removing": 0, "stuck": 0,
    }  # fmt: skip


def _answer(body: bytes, status: int = 200) -> Response[bytes]:
    return Response(body, status_code=status, media_type="application/json")


async def _configure(connection: AsyncConnection[Any]) -> None:
    await connection.set_autocommit(True)
    connection.prepare_threshold = 0


def create_raw(means: Means) -> Litestar:
    raw = Raw(means)

    @get("/health/live")
    async def live() -> str:
        return "ok"

    @get("/bookings/{booking_id:uuid}")
    async def one(booking_id: FromPath[UUID]) -> Response[bytes]:
        return await raw.one(booking_id)

    @get("/bookings")
    async def week(start: FromQuery[datetime], until: FromQuery[datetime]) -> Response[bytes]:
        return await raw.week(start, until)

    @post("/bookings")
    async def book(data: JSONBody[Form]) -> Response[bytes]:
        return await raw.book(data)

    return Litestar([live, one, week, book], lifespan=[raw.running], openapi_config=None, logging_config=None)


def main() -> None:
    means = msgspec.json.decode(os.environ["RAW_MEANS"], type=Means)
    port = int(os.environ["CALENDRA_PORT"])
    uvicorn.run(
        create_raw(means), host="127.0.0.1", port=port, loop="uvloop", http="httptools", access_log=False,
        server_header=False, log_level="warning",
    )  # fmt: skip


if __name__ == "__main__":
    main()
