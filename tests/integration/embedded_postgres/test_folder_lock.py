"""Two processes never run a server on one folder."""

import re
from pathlib import Path

import pytest

from demo.embedded_postgres import EmbeddedPostgres, FolderInUse
from tests.integration.embedded_postgres.owner import Owner
from tests.integration.embedded_postgres.rows import rows, write_row


def test_a_folder_in_use_names_the_process_that_uses_it(state: Path) -> None:
    with Owner(state) as owner, pytest.raises(FolderInUse, match=rf"process {owner.process.pid} \(.*owner"):
        EmbeddedPostgres(state).start()


def test_who_is_turned_away_does_no_harm(state: Path) -> None:
    with EmbeddedPostgres(state, fast=True) as postgres:
        write_row(postgres.address, "kept")
        with pytest.raises(FolderInUse, match=re.escape(str(state))):
            EmbeddedPostgres(state, fast=True).start()
        with pytest.raises(FolderInUse):
            EmbeddedPostgres(state, fast=True).start()
        assert rows(postgres.address) == ["kept"]
