"""One site for all runs: the audit of a run would find what an earlier run left behind."""

from collections.abc import Iterator

import pytest

from tests.chaos.crash.site import Site, crash_site
from tests.database import DatabaseServer, fresh_database


@pytest.fixture(scope="session")
def site(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with fresh_database(database_server) as address, crash_site(address, tmp_path_factory.mktemp("crash")) as ready:
        yield ready
