"""One practice with everything in it, made once; each test gets a copy of its database and of its provider."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from demo.sandbox.run import SandboxProcess
from tests.database import DatabaseServer, fresh_database
from tests.integration.data.made_up import fill_empty_tables
from tests.integration.data.practice import SETTINGS, full_practice
from tests.ports import free_port
from tests.real_processes import Service, sandbox_for, settings_for
from tests.staff import zoom_people


@dataclass(frozen=True)
class Filled:
    """Nothing runs on it; it is there to be copied. `environment` has the keys that open its tokens."""

    server: DatabaseServer
    database: str
    state: Path
    environment: dict[str, str]
    zoom_port: int  # links lead there

    def copied(self) -> AbstractContextManager[str]:
        return fresh_database(replace(self.server, template=urlsplit(self.database).path.lstrip("/")))

    @contextmanager
    def alive(self, database: str, folder: Path, **settings: str) -> Iterator[Service]:
        """Calendra on this database, and the provider in its former state, without faults. No server runs yet."""
        port = free_port()
        config = sandbox_for(port, people=zoom_people(4))
        state = Path(shutil.copy(self.state, folder / "zoom.json"))
        with SandboxProcess(config, state, self.zoom_port) as sandbox:
            chosen = {f"CALENDRA_{name.upper()}": value for name, value in {**SETTINGS, **settings}.items()}
            keys = {"CALENDRA_TOKEN_KEYS": self.environment["CALENDRA_TOKEN_KEYS"]}
            running = Service(settings_for(database, sandbox, config, port) | keys | chosen, sandbox, folder)
            try:
                yield running
            finally:
                running.stop()


@pytest.fixture(scope="session")
def filled(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    folder = tmp_path_factory.mktemp("filled")
    with fresh_database(database_server) as database:
        with full_practice(database, folder, folder / "zoom.json") as running:
            environment, port = running.environment, urlsplit(running.sandbox.address).port
        assert port
        fill_empty_tables(database)
        yield Filled(database_server, database, folder / "zoom.json", environment, port)


@pytest.fixture
def copied(filled: Filled) -> Iterator[str]:
    with filled.copied() as address:
        yield address
