"""A backup or a restore that fails leaves nothing half done."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.database import DatabaseServer
from tests.integration.data.commands import empty_database
from tests.integration.data.dumps import back_up, restore
from tests.integration.data.rows import rows

_MANY_ROWS = """
    INSERT INTO processed_events
    SELECT 'zoom', md5(n::text) || md5((n + 1)::text), now() FROM generate_series(1, 20000) n
"""


@pytest.fixture
def empty(database_server: DatabaseServer) -> Iterator[str]:
    with empty_database(database_server) as address:
        yield address


def test_a_database_with_tables_stays_as_it_is(database: str, tmp_path: Path) -> None:
    file, before = back_up(database, tmp_path), rows(database)
    with pytest.raises(subprocess.CalledProcessError) as failure:
        restore(database, file)
    assert b"already exists" in failure.value.stderr
    assert rows(database) == before


def test_a_backup_that_was_cut_off_restores_nothing(database: str, empty: str, tmp_path: Path) -> None:
    with psycopg.connect(database) as connection:
        connection.execute(_MANY_ROWS)
    file = back_up(database, tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(subprocess.CalledProcessError):
        restore(empty, file)
    assert rows(empty) == {}
    file.write_bytes(whole)
    restore(empty, file)
    assert len(rows(empty)["processed_events"]) == 20000


def test_a_backup_that_fails_leaves_no_finished_file(database: str, tmp_path: Path) -> None:
    with psycopg.connect(database) as holder:
        holder.execute("CREATE ROLE calendra_test_stranger LOGIN PASSWORD 'stranger'")
    try:
        with psycopg.connect(database) as connection:
            address = psycopg.conninfo.make_conninfo(
                database, user="calendra_test_stranger", password="stranger", dbname=connection.info.dbname
            )
        with pytest.raises(subprocess.CalledProcessError) as failure:
            back_up(address, tmp_path)
        assert b"permission denied" in failure.value.stderr
        assert list(tmp_path.glob("*.dump")) == []
    finally:
        with psycopg.connect(database) as holder:
            holder.execute("DROP ROLE calendra_test_stranger")
