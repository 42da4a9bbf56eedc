"""Two practices in memory, as they were made; and a running service for tests that need processes and PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.integration.security.two_practices import TwoPractices, two_practices
from tests.real_processes import Service, service
from tests.staff import zoom_people


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def made_once() -> AsyncIterator[TwoPractices]:
    async with two_practices() as both:
        yield both


@pytest.fixture
def both(made_once: TwoPractices) -> TwoPractices:
    """Of modules whose tests run in one loop: `pytest.mark.asyncio(loop_scope="module")`."""
    made_once.made.come_back()
    return made_once


@pytest.fixture
def served(database: str, tmp_path: Path) -> Iterator[Service]:
    """Without a worker, so that nothing moves by itself; with more people at the stand-in than the demo has."""
    with service(database, tmp_path, zoom={"people": zoom_people(9)}, worker_in_web="false") as running:
        running.serve()
        yield running
