"""The running service, with a tap on its line to the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Browser
from tests.database import DatabaseServer, drop_database, fresh_database
from tests.integration.statements.wire_tap import WireTap
from tests.real_processes import ADMIN, ANA, Service, service

_NEWS = "calendra news"  # the connection that only listens, and sometimes checks that it still works
_ASIDE = ("BEGIN", "COMMIT")


@dataclass
class Tapped:
    running: Service
    tap: WireTap
    ana: Browser
    admin: Browser

    def statements(self, who: Browser, method: str, path: str, **more: Any) -> list[str]:
        """What the database was asked for the sake of this request."""
        with self.tap.hearing() as said:
            answer = who.api(method, path, **more)
        assert answer.is_success, answer.text
        return [one.statement for one in said if one.application != _NEWS and one.statement not in _ASIDE]

    def newly_signed_in(self, email: str) -> Browser:
        """A person who has just signed in, so that the next request looks the login up in the database."""
        return self.running.browser(email)


@pytest.fixture(scope="session")
def tapped(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tapped]:
    """The worker stays away: what it asks belongs to no request."""
    database = fresh_database(database_server)
    folder: Path = tmp_path_factory.mktemp("tapped")
    with WireTap(database) as tap, service(tap.address, folder) as running:
        running.zoom.configure(daily_limit=100_000)
        running.serve(worker_in_web="false")
        with running.browser(ANA) as ana, running.browser(ADMIN) as admin:
            yield Tapped(running, tap, ana, admin)
    drop_database(database_server, database)
