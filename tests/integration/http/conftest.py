"""One running service for all tests of the API."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.database import DatabaseServer, drop_database, fresh_database
from tests.real_processes import Service, service


@pytest.fixture(scope="session")
def calendra(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    address = fresh_database(database_server)
    folder: Path = tmp_path_factory.mktemp("service")
    with service(address, folder) as running:
        running.serve()
        yield running
    drop_database(database_server, address)
