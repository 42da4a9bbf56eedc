"""The storages on which the model runs."""

from collections.abc import Iterator

import pytest

from application.connection import bind_connection, exchange_code
from tests.chaos.model.place import Place, in_memory_place, postgres_place

IN_MEMORY, POSTGRES = "in memory", "PostgreSQL"


@pytest.fixture(autouse=True)
def nobody_waits_for_an_ill_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    """While somebody connects, who they are is asked again after real pauses."""
    for module in (bind_connection, exchange_code):
        monkeypatch.setattr(module, "PAUSES", (0, 0, 0))


@pytest.fixture(params=[IN_MEMORY, POSTGRES])
def storage(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def place(storage: str, request: pytest.FixtureRequest) -> Iterator[Place]:
    if storage == IN_MEMORY:
        with in_memory_place() as one:
            yield one
    else:
        with postgres_place(request.getfixturevalue("database")) as one:
            yield one
