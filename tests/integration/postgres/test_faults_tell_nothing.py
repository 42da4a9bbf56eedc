"""While the storage fails in every way that psycopg knows, no log line and no answer has anything of the request: no
token of the path, no e-mail address, no note, no password."""

import base64
import io
import logging
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import msgspec
import psycopg
import pytest

from application.secret import Secret
from entrypoints.logs import configure_logs
from entrypoints.postgres_storage import postgres_storage
from tests.application.stage import Stage, staged
from tests.in_memory_app import SETTINGS
from tests.secrets_watch import leaked

EMAIL = "vida.skrivnost@hidden.example"
NOTE = "a note that nobody else may read"
NAME = "Vida Skrivnost"
PASSWORD = "the password that was typed here"
KINDS = sorted(
    {one for one in vars(psycopg.errors).values() if isinstance(one, type) and issubclass(one, psycopg.Error)},
    key=lambda kind: kind.__name__,
)


class Telling:
    """Every statement fails as PostgreSQL words it at its most talkative."""

    kind: type[psycopg.Error] | None = None
    failed = 0

    def failure(self, query: object, params: object) -> psycopg.Error | None:
        if self.kind is None:
            return None
        self.failed += 1
        return self.kind(
            f'invalid value "{params}"\nLINE 1: {query}\nDETAIL:  Failing row contains ({params}).\n'
            f"CONTEXT:  unnamed portal with parameters: {params}"
        )


@dataclass
class Site:
    stage: Stage
    telling: Telling
    log: io.StringIO

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        return await self.stage.harness.api(method, path, **more)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root, text = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    configure_logs("debug")
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(text)
    yield text
    root.handlers, root.level = handlers, level


@pytest.fixture
async def site(database: str, log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    key = base64.b64encode(os.urandom(32)).decode()
    settings = msgspec.structs.replace(SETTINGS, database_url=database, token_keys=key, database_connections=4)
    telling, execute = Telling(), psycopg.AsyncCursor.execute

    async def failing(self: Any, query: Any, params: Any = None, **more: Any) -> Any:
        if error := telling.failure(query, params):
            raise error
        return await execute(self, query, params, **more)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", failing)
    async with staged(settings, postgres_storage(settings)) as stage:
        await stage.harness.log_in(stage.admin)
        yield Site(stage, telling, log)
        telling.kind = None


async def test_no_failure_of_the_storage_tells_anything_of_a_request(site: Site) -> None:
    here, client = site.stage, {"name": NAME, "email": EMAIL}
    slot = {"starts_at": "2027-09-01T09:00:00Z", "ends_at": "2027-09-01T09:50:00Z", "zone": "UTC"}
    booking = {"consultant_id": str(here.ana.id), "client_ids": [str(here.client.id)], "title": NAME, "notes": NOTE}
    token = Secret.fresh(here.organization.id).text
    requests: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", f"/api/connections/links/{token}", {}),
        ("POST", f"/api/connections/links/{token}", {"json": {}}),
        ("GET", f"/api/clients?search={EMAIL}", {}),
        ("POST", "/api/clients", {"json": client}),
        ("POST", f"/api/clients/{here.client.id}/notes", {"json": {"text": NOTE}}),
        ("POST", "/api/bookings", {"json": {**booking, **slot, "online": False}}),
        ("POST", "/api/invitations/look", {"json": {"token": token}}),
        ("POST", "/api/login", {"json": {"email": EMAIL, "password": PASSWORD}}),
        ("POST", "/api/connections/north/callback", {"json": {"state": token, "code": token}}),
    ]
    answers, unseen = [], {path for _, path, _ in requests}
    for at, kind in enumerate(KINDS):
        site.telling.kind = kind
        for method, path, more in (requests[at % len(requests)], requests[(at * 2 + 1) % len(requests)]):
            before = site.telling.failed
            answer = await site.ask(method, path, **more)
            answers += [answer.text, *answer.headers.values()]
            if site.telling.failed > before:
                unseen.discard(path)
    site.telling.kind = None
    assert unseen == set(), "these requests never reached the storage"
    assert len(KINDS) > 200
    lines = site.log.getvalue()
    assert "unexpected error at GET /api/connections/links/{token" in lines
    assert "psycopg.errors.UniqueViolation (SQLSTATE 23505)" in lines
    secrets = {EMAIL: "e-mail", NOTE: "note", NAME: "name", PASSWORD: "password", token.partition(".")[2]: "token"}
    assert leaked(secrets, [lines, "\n".join(answers)]) == []
    assert "Failing row" not in lines + "".join(answers)


async def test_what_others_log_about_the_database_is_described_too(site: Site) -> None:
    """Libraries pass errors as arguments of a line."""
    error = psycopg.errors.CheckViolation(f"Failing row contains ({NOTE}).")
    logging.getLogger("psycopg").warning("error ignored in rollback on %s: %s", "a connection", error)
    logging.getLogger("calendra.worker").error(error)
    several = ExceptionGroup("several", [error])
    logging.getLogger("asyncio").error("Task exception was never retrieved", exc_info=several)
    said = site.log.getvalue()
    assert said.count("psycopg.errors.CheckViolation (SQLSTATE 23514)") == 3
    assert NOTE not in said
