"""One running service, with two webhook secrets as during a rotation."""

from collections.abc import Iterator

import pytest

from tests.database import DatabaseServer, fresh_database
from tests.integration.webhooks.practice import SECRETS, Practice
from tests.real_processes import service


@pytest.fixture(scope="session")
def practice(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    with (
        fresh_database(database_server) as address,
        service(address, tmp_path_factory.mktemp("service"), zoom_webhook_secrets=SECRETS) as running,
    ):
        running.serve(worker_in_web="false")
        yield Practice(running)
