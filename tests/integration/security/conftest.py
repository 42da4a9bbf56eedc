"""One running service for each test that needs processes and PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real_processes import Service, service
from tests.staff import zoom_people


@pytest.fixture
def served(database: str, tmp_path: Path) -> Iterator[Service]:
    """Without a worker, so that nothing moves by itself; with more people at the stand-in than the demo has."""
    with service(database, tmp_path, zoom={"people": zoom_people(9)}, worker_in_web="false") as running:
        running.serve()
        yield running
