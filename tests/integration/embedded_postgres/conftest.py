"""A state folder for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.embedded_postgres.account import account_for
from demo.embedded_postgres.runtime import RuntimeFolder


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "state"
    yield folder
    # After a test has killed the owner, this removes what it left outside the folder.
    RuntimeFolder(folder.resolve(), account_for(folder / "cluster")).close()
