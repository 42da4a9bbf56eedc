"""One running service, with two webhook secrets as during a rotation, and a worker for those who ask for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.database import DatabaseServer, drop_database, fresh_database
from tests.integration.webhooks.practice import SECRETS, working
from tests.real_processes import Service, service


@pytest.fixture(scope="session")
def calendra(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    address = fresh_database(database_server)
    folder: Path = tmp_path_factory.mktemp("service")
    with service(address, folder, zoom_webhook_secrets=SECRETS) as running:
        running.serve(worker_in_web="false")
        yield running
    drop_database(database_server, address)


@pytest.fixture(scope="module")
def worker(calendra: Service) -> Iterator[None]:
    with working(calendra):
        yield
