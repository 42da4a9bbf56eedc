"""Migrations lead to exactly the tables that the code uses, forwards and backwards."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from adapters.postgres.operations.migrate import current, downgrade, pending, upgrade
from adapters.postgres.schema.tables import metadata
from domain.errors import StorageUnavailable
from tests.database import DatabaseServer, fresh_database
from tests.integration.postgres.catalogue import announcers, shape
from tests.walk import wait_until

ROOT = Path(__file__).parents[3]
ALL = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
    "0019",
    "0020",
    "0021",
    "0022",
    "0023",
    "0024",
    "0025",
)


@pytest.fixture
def empty(database_server: DatabaseServer) -> Iterator[str]:
    with fresh_database(database_server) as address:
        downgrade(address, "base")
        yield address


def _sqlalchemy(address: str) -> str:
    return address.replace("postgresql://", "postgresql+psycopg://", 1)


def test_metadata_equals_migrations(database: str, empty: str) -> None:
    with psycopg.connect(empty, autocommit=True) as connection:
        for extension in ("btree_gist", "pg_trgm"):
            connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}".encode())
    engine = create_engine(_sqlalchemy(empty))
    metadata.create_all(engine)
    engine.dispose()
    assert shape(empty) == shape(database)


def test_autogenerate_finds_nothing(database: str) -> None:
    engine = create_engine(_sqlalchemy(database))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_down_leaves_nothing_and_up_again_gives_the_same(database: str) -> None:
    before = (shape(database), announcers(database))
    assert current(database) == ALL[-1]
    downgrade(database, "base")
    assert current(database) is None
    assert (shape(database), announcers(database)) == ({}, {})
    upgrade(database)
    assert (shape(database), announcers(database)) == before


def test_each_step_down_and_up_gives_the_same(database: str) -> None:
    before = (shape(database), announcers(database))
    for revision in reversed(ALL[:-1]):
        downgrade(database, revision)
        assert current(database) == revision
    for revision in ALL[1:]:
        upgrade(database, revision)
    assert (shape(database), announcers(database)) == before


_BEFORE_KEYS = """
INSERT INTO organizations (organization_id, name, zone) VALUES (%(here)s, 'Practice', 'UTC');
INSERT INTO creations (organization_id, id, content, asked_at) VALUES
    (%(here)s, %(client)s, repeat('a', 32), now()),
    (%(here)s, %(later)s, repeat('b', 64), now());
INSERT INTO audit_log (organization_id, subject_id, at, action, reason, outcome, facts) VALUES
    (%(here)s, %(booking)s, now() - interval '59 days', 'booked', '', '', '{"content": "x"}'),
    (%(here)s, %(booking)s, now() - interval '58 days', 'deleted', '', '', '{"meeting": "removed"}'),
    (%(here)s, %(old)s, now() - interval '61 days', 'booked', '', '', '{"content": "x", "other": "y"}');
"""


def test_keys_of_earlier_releases_stay_used(empty: str) -> None:
    """Also those of sessions that were erased since. Of their content nothing is left to compare with."""
    upgrade(empty, "0016")
    ids = {name: uuid4() for name in ("here", "client", "later", "booking", "old")}
    with psycopg.connect(empty, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute(_BEFORE_KEYS.encode(), ids)
        for _ in range(2):
            upgrade(empty, "0017")
            found = connection.execute("SELECT key, object_id, content FROM creations").fetchall()
            expected = {(ids["client"], None), (ids["later"], "b" * 64), (ids["booking"], None)}
            assert {(key, content) for key, _, content in found} == expected
            assert all(key == object_id for key, object_id, _ in found)
            facts = connection.execute("SELECT facts FROM audit_log ORDER BY at").fetchall()
            assert [row[0] for row in facts] == [{"other": "y"}, {}, {"meeting": "removed"}]
            downgrade(empty, "0016")


def test_what_is_to_come_is_told(empty: str) -> None:
    assert pending(empty) == ALL
    upgrade(empty, "0002")
    assert pending(empty) == ALL[2:]
    upgrade(empty)
    assert pending(empty) == ()


def test_several_processes_may_start_at_once(empty: str) -> None:
    start = [
        sys.executable,
        "-c",
        "import sys; from adapters.postgres.operations.migrate import upgrade; upgrade(sys.argv[1])",
    ]
    processes = [subprocess.Popen([*start, empty], cwd=ROOT) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert pending(empty) == ()


def test_no_connection_stays_open(empty: str) -> None:
    upgrade(empty)
    with psycopg.connect(empty, autocommit=True) as connection:
        wait_until(lambda: connection.execute(_OTHERS).fetchone() == (0,), "the server has ended the connections", 10)


_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


def test_a_database_that_cannot_be_reached_is_said(tmp_path: object) -> None:
    with pytest.raises(StorageUnavailable):
        upgrade(f"postgresql:///calendra?host={tmp_path}")


# Small registries that are asked without knowing an organization.
REGISTRIES = {
    "login_addresses",
    "provider_users",
    "processed_events",
    "login_attempts",
    "rate_limits",
    "passkey_challenges",
}


def test_the_organization_comes_first_in_every_key_of_every_table_that_grows(database: str) -> None:
    keys = {
        name: what.replace("USING gist ", "").partition("(")[2]
        for name, what in shape(database).items()
        if what.startswith(("PRIMARY KEY", "UNIQUE", "EXCLUDE", "FOREIGN KEY"))
    }
    assert len(keys) > len(metadata.tables)
    others = {name for name, columns in keys.items() if not columns.startswith("organization_id")}
    assert {name.removeprefix("constraint ").partition(".")[0] for name in others} == REGISTRIES
