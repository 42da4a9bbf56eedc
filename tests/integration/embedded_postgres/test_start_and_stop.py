"""The server starts from nothing, keeps its data, and is reachable by its owner only."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from sqlalchemy import create_engine, text

from demo.embedded_postgres import EmbeddedPostgres, FolderUnusable, ServerFailed
from demo.embedded_postgres.account import Account
from demo.embedded_postgres.runtime import RuntimeFolder
from tests.integration.embedded_postgres.rows import rows, write_row


def test_first_start_gives_a_database_with_btree_gist(state: Path) -> None:
    with EmbeddedPostgres(state, fast=True) as postgres, psycopg.connect(postgres.address) as connection:
        connection.execute("CREATE EXTENSION btree_gist")
        connection.execute(
            "CREATE TABLE sessions (who text, span tstzrange, EXCLUDE USING gist (who WITH =, span WITH &&))"
        )
        found = connection.execute("SELECT current_database(), current_setting('TimeZone')").fetchone()
    assert found == ("calendra", "UTC")


def test_data_is_there_after_a_restart(state: Path) -> None:
    with EmbeddedPostgres(state) as postgres:
        write_row(postgres.address, "kept")
    with EmbeddedPostgres(state) as postgres:
        assert rows(postgres.address) == ["kept"]


def test_one_object_can_be_started_again(state: Path) -> None:
    postgres = EmbeddedPostgres(state, fast=True)
    for _ in range(2):
        postgres.start()
        write_row(postgres.address, "again")
        postgres.stop()
    with postgres:
        assert rows(postgres.address) == ["again", "again"]


def test_sqlalchemy_gets_an_address_of_its_own(state: Path) -> None:
    with EmbeddedPostgres(state, fast=True) as postgres:
        engine = create_engine(postgres.sqlalchemy_address)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT 1")).scalar() == 1
        engine.dispose()


@pytest.mark.parametrize("name", ["with spaces, ümlauts & 100%", "long" * 40])
def test_any_folder_will_do(tmp_path: Path, name: str) -> None:
    with EmbeddedPostgres(tmp_path / name, fast=True) as postgres:
        write_row(postgres.address, "reached")
        assert rows(postgres.address) == ["reached"]


def test_a_wrong_password_is_refused(state: Path) -> None:
    with EmbeddedPostgres(state, fast=True) as postgres:
        password = urlsplit(postgres.address).password
        assert password
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(postgres.address.replace(password, "guess"))


def test_nothing_listens_on_the_network(state: Path) -> None:
    with EmbeddedPostgres(state, fast=True) as postgres, psycopg.connect(postgres.address) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_secrets_and_sockets_are_closed_to_others(state: Path) -> None:
    with EmbeddedPostgres(state, fast=True) as postgres:
        socket = Path(urlsplit(postgres.address).query.removeprefix("host="))
        modes = [path.stat().st_mode & 0o777 for path in (state / "password", state / "cluster", socket)]
    assert modes == [0o600, 0o700, 0o700]


def test_a_stopped_server_leaves_nothing_outside_its_folder(state: Path) -> None:
    with EmbeddedPostgres(state, fast=True) as postgres:
        socket = Path(urlsplit(postgres.address).query.removeprefix("host="))
        assert socket.exists()
    assert not socket.exists()
    assert socket.parent == state or not socket.parent.exists()


def test_a_stopped_server_has_no_address(state: Path) -> None:
    with EmbeddedPostgres(state, fast=True) as postgres:
        pass
    with pytest.raises(ServerFailed, match="not running"):
        _ = postgres.address


def test_a_server_that_cannot_start_shows_its_log(state: Path) -> None:
    with EmbeddedPostgres(state, fast=True):
        pass
    (state / "cluster" / "postgresql.conf").write_text("max_connections = many\n")
    with pytest.raises(ServerFailed, match=r"(?s)postgres\.log.*max_connections"):
        EmbeddedPostgres(state, fast=True).start()


def test_a_lost_password_is_named(state: Path) -> None:
    with EmbeddedPostgres(state, fast=True):
        pass
    (state / "password").unlink()
    with pytest.raises(FolderUnusable, match="password is missing"):
        EmbeddedPostgres(state, fast=True).start()


def test_a_place_that_somebody_else_prepared_is_not_used(tmp_path: Path) -> None:
    """Any account may write into /tmp: a planted link there leads to the folder of another account."""
    state = tmp_path / ("long" * 40)
    us = Account(os.geteuid(), os.getegid())
    runtime = RuntimeFolder(state, us)
    trap = runtime.socket.parent
    trap.symlink_to(tmp_path)
    try:
        with pytest.raises(FolderUnusable, match=str(trap)):
            runtime.open()
    finally:
        trap.unlink()
