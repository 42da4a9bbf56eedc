"""Where the guide's code was put: Calendra knows the new provider everywhere, and a session gets its link from it.

Not collected here, where no such provider exists; `test_adding_a_provider.py` runs it in its copy of the sources.
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, cast
from uuid import uuid4

import httpx
from dependency_injector import providers

from adapters.in_memory.clock import MovableClock
from adapters.in_memory.database import InMemoryDatabase
from adapters.in_memory.openid_client import InMemoryOpenIdClient
from domain.accounts.account import Role
from entrypoints.cli.reference import reference
from entrypoints.container import Container
from entrypoints.doctor import checks_of
from entrypoints.server import app_of, running
from entrypoints.settings import Settings, settings_from
from tests.in_memory_app import NOON, InMemoryApp, PlainPasswords, storage_of
from tests.integration.docs.vidra import Vidra

SLOT = {"starts_at": "2027-09-01T09:00:00Z", "ends_at": "2027-09-01T09:50:00Z", "zone": "Europe/Ljubljana"}


@contextmanager
def served(vidra: Vidra) -> Iterator[str]:
    """Vidra's answers over real HTTP."""

    class Answering(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            asked = httpx.Request(self.command, f"http://vidra{self.path}", headers=dict(self.headers), content=body)
            answer = vidra.answer(asked)
            self.send_response(answer.status_code)
            self.send_header("content-length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST = do_PATCH = do_DELETE = answer  # noqa: N815 - the names that http.server calls

        def log_message(self, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def settings_for(address: str, vidra: Vidra) -> Settings:
    return settings_from(
        {
            "CALENDRA_DATABASE_URL": "postgresql://nowhere",
            "CALENDRA_PUBLIC_ADDRESS": "http://localhost:8000",
            "CALENDRA_TOKEN_KEYS": base64.b64encode(bytes(32)).decode(),
            "CALENDRA_CSRF_SECRET": "only for tests, but long enough for all",
            "CALENDRA_WORKER_IN_WEB": "false",
            "CALENDRA_VIDRA_CLIENT_ID": vidra.client_id,
            "CALENDRA_VIDRA_CLIENT_SECRET": vidra.client_secret,
            "CALENDRA_VIDRA_ADDRESS": address,
        }
    )


async def test_a_session_gets_its_link_from_the_new_provider() -> None:
    vidra = Vidra()
    with served(vidra) as address:
        settings = settings_for(address, vidra)
        database = InMemoryDatabase()
        container = Container(
            settings=settings,
            clock=providers.Object(MovableClock(NOON)),
            passwords=providers.Object(PlainPasswords()),
            storage=providers.Object(storage_of(database)),
        )
        app = app_of(container)
        transport = httpx.ASGITransport(cast(Any, app))
        async with running(container), httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as http:
            calendra = InMemoryApp(
                container, MovableClock(NOON), {}, http, app, database, InMemoryOpenIdClient(MovableClock(NOON))
            )
            await _book(calendra, vidra)


async def _book(calendra: InMemoryApp, vidra: Vidra) -> None:
    """As a consultant does it: the first online session leads to the consent page, and back."""
    organization, admin = await calendra.found("Practice", "Zala")
    ana = await calendra.add_people("Ana", Role.CONSULTANT, organization=organization)
    client = await calendra.container.manage_clients().add(admin, uuid4(), "Cene", "cene@example.com")
    await calendra.log_in(ana)
    offered = (await calendra.api("GET", "/api/help")).json()
    assert [one["label"] for one in offered] == ["Vidra"]
    people = {"consultant_id": str(ana.id), "client_ids": [str(client.id)]}
    form = {**people, **SLOT, "title": "First talk", "notes": "", "online": True, "provider": "vidra"}
    needed = (await calendra.api("POST", "/api/bookings", json=form)).json()
    assert needed["code"] == "connection_needed"
    back = dict(vidra.approve(needed["data"]["authorize_address"]))
    (await calendra.api("POST", "/api/connections/vidra/callback", json=back)).raise_for_status()
    booked = (await calendra.api("POST", "/api/bookings", json=form)).raise_for_status().json()
    (meeting,) = vidra.meetings.values()
    assert booked["meeting"]["join_link"] == meeting["link"]
    assert meeting["title"] == "First talk"


def test_the_reference_the_start_and_the_doctor_know_it() -> None:
    vidra = Vidra()
    with served(vidra) as address:
        settings = settings_for(address, vidra)
    assert "`CALENDRA_VIDRA_CLIENT_SECRET`" in reference()
    assert "secret" not in repr(settings)
    assert "Vidra credentials" in [name for name, _ in checks_of(settings)]
