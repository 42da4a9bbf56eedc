"""One practice for all races; each test has consultants and hours of its own."""

from collections.abc import Iterator

import pytest

from tests.chaos.races.practice import Practice, practice_of_two
from tests.database import DatabaseServer, fresh_database


@pytest.fixture(scope="session")
def practice(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    with (
        fresh_database(database_server) as address,
        practice_of_two(address, tmp_path_factory.mktemp("races")) as ready,
    ):
        yield ready
