"""The API in memory, with a practice that holds one of everything; and a running service for what needs a database."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.database import DatabaseServer, fresh_database
from tests.in_memory_app import InMemoryApp
from tests.integration.security.practices import Practice, practice
from tests.integration.security.site import Site, ask, in_memory
from tests.real_processes import Service, service

SLOT = {"starts_at": "2027-09-01T09:00:00Z", "ends_at": "2027-09-01T09:50:00Z", "zone": "Europe/Ljubljana"}


@dataclass
class Api:
    """Ana and Bor are connected consultants, Cene is not connected, Admin is the practice's admin."""

    site: Site
    app: InMemoryApp
    practice: Practice

    async def ask(self, who: str, method: str, path: str, **more: Any) -> httpx.Response:
        return await ask(self.practice.browsers[who], method, path, **more)

    async def told(self, who: str, path: str, **more: Any) -> Any:
        return (await self.ask(who, "GET", path, **more)).raise_for_status().json()

    def form(self, who: str = "Ana", **changes: Any) -> dict[str, Any]:
        """Of a session in person, at an hour that is free."""
        people = {
            "consultant_id": str(self.practice.accounts[who].id),
            "client_ids": [self.practice.things["client_id"]],
        }
        return {**people, **SLOT, "title": "First talk", "notes": "", "online": False, "provider": None} | changes

    async def booked(self, who: str = "Ana", **changes: Any) -> dict[str, Any]:
        answer = await self.ask(who, "POST", "/api/bookings", json=self.form(who, **changes))
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def refused(self, who: str, method: str, path: str, **more: Any) -> tuple[int, str, list[str]]:
        """The status, the code, and “field: rule” of what the problem names."""
        answer = await self.ask(who, method, path, **more)
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        problem = answer.json()
        assert problem["next"], problem
        return (
            answer.status_code,
            problem["code"],
            [f"{one['field']}: {one['code']}" for one in problem.get("fields", [])],
        )


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    async with in_memory() as (site, app):
        yield Api(site, app, await practice(site, 0))


@pytest.fixture(scope="session")
def calendra(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with fresh_database(database_server) as address, service(address, tmp_path_factory.mktemp("service")) as running:
        running.serve()
        yield running
