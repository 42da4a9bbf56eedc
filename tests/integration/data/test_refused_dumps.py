"""What a backup or a restore refuses: in words that help, and leaving nothing half done."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from adapters.postgres.operations import dump, programs
from adapters.postgres.operations.dump_errors import DumpError, ProgramFailed, ProgramMissing
from tests.database import DatabaseServer
from tests.integration.data.commands import calendra, empty_database
from tests.integration.data.rows import rows

PASSWORD = "correct horse"  # in an address: correct%20horse


@pytest.fixture
def empty(database_server: DatabaseServer) -> Iterator[str]:
    with empty_database(database_server) as address:
        yield address


@pytest.fixture
def file(database: str, tmp_path: Path) -> Path:
    made = tmp_path / "calendra.dump"
    dump.backup(database, made, programs.program_folders())
    return made


def _program(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return folder


def test_nothing_is_overwritten(database: str, file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(DumpError, match="exists already"):
        dump.backup(database, file, programs.program_folders())
    assert file.read_bytes() == before


def test_a_folder_that_is_not_there(database: str, tmp_path: Path) -> None:
    with pytest.raises(DumpError, match="cannot be written: No such file or directory"):
        dump.backup(database, tmp_path / "missing" / "calendra.dump", programs.program_folders())


def test_a_database_without_calendra_is_not_backed_up(empty: str, tmp_path: Path) -> None:
    with pytest.raises(DumpError, match="no tables of Calendra"):
        dump.backup(empty, tmp_path / "nothing.dump", programs.program_folders())
    assert list(tmp_path.iterdir()) == []


def test_only_an_empty_database_is_filled(database: str, file: Path) -> None:
    before = rows(database)
    with pytest.raises(DumpError, match=r"not empty \(accounts, alembic_version, audit_log …\)") as refusal:
        dump.restore(database, file, programs.program_folders())
    assert "Nothing was changed" in str(refusal.value)
    assert rows(database) == before


def test_what_is_no_backup_is_said_to_be_none(database_server: DatabaseServer, empty: str, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("CREATE TABLE bookings ();")
    with pytest.raises(DumpError, match="is not a backup"):
        dump.restore(empty, text, programs.program_folders())
    with pytest.raises(DumpError, match="cannot be read: No such file"):
        dump.restore(empty, tmp_path / "missing.dump", programs.program_folders())
    head_only = tmp_path / "head.dump"
    head_only.write_bytes(b"PGDMP\x01")
    with pytest.raises(DumpError, match="cannot be read as a backup"):
        dump.restore(empty, head_only, programs.program_folders())
    with empty_database(database_server) as other:
        with psycopg.connect(other) as connection:
            connection.execute("CREATE TABLE recipes (name text)")
        foreign = tmp_path / "recipes.dump"
        pg_dump = programs.program("pg_dump", server=_major(other), folders=programs.program_folders())
        made = [pg_dump, "--format=custom", f"--file={foreign}"]
        subprocess.run(made, env=programs.environment(other), check=True)
    with pytest.raises(DumpError, match="has no tables of Calendra"):
        dump.restore(empty, foreign, programs.program_folders())
    assert rows(empty) == {}


def _major(address: str) -> int:
    with psycopg.connect(address) as connection:
        return connection.info.server_version // 10000


def test_a_backup_that_was_cut_off_restores_nothing(database: str, file: Path, empty: str) -> None:
    with psycopg.connect(database) as connection:  # enough to be cut off in the middle of the rows
        connection.execute(
            "INSERT INTO processed_events SELECT 'zoom', md5(n::text) || md5((n + 1)::text), now() FROM"
            " generate_series(1, 20000) n"
        )
    long = file.with_name("long.dump")
    dump.backup(database, long, programs.program_folders())
    whole = long.read_bytes()
    long.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(ProgramFailed, match="nothing of it remains"):
        dump.restore(empty, long, programs.program_folders())
    assert rows(empty) == {}
    long.write_bytes(whole)
    dump.restore(empty, long, programs.program_folders())
    assert len(rows(empty)["processed_events"]) == 20000


def test_a_backup_that_fails_leaves_no_file(database: str, tmp_path: Path) -> None:
    broken = tmp_path / "bin"
    broken.mkdir()
    fails = 'echo PGDMP; echo "pg_dump: error: no" >&2; exit 1'
    _program(broken, "pg_dump", f'case "$1" in --version) echo "pg_dump (PostgreSQL) 99.1";; *) {fails};; esac')
    target = tmp_path / "target"
    target.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(broken))
        with pytest.raises(ProgramFailed, match=r"nothing was kept .*no"):
            dump.backup(database, target / "calendra.dump", [broken])
    assert list(target.iterdir()) == []


def test_programs_that_are_missing_or_too_old_are_named(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramMissing, match=r"pg_dump is not on this machine\. Install .*`apt-get install"):
        dump.backup(database, tmp_path / "calendra.dump", [])
    _program(tmp_path, "pg_dump", 'echo "pg_dump (PostgreSQL) 9.6.24"')
    with pytest.raises(ProgramMissing, match="only of version 9"):
        dump.backup(database, tmp_path / "calendra.dump", [tmp_path])


def test_the_program_of_the_servers_own_version_is_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    found: list[Path] = []
    for version in (19, 17, 14, 17, 16):
        folder = tmp_path / f"{version}-{len(found)}"
        folder.mkdir()
        found.append(_program(folder, "pg_dump", f'echo "pg_dump (PostgreSQL) {version}.2 (Debian)"'))
    for server, folder in ((17, found[1]), (15, found[4]), (18, found[0]), (14, found[2])):
        assert programs.program("pg_dump", server=server, folders=found) == str(folder / "pg_dump")
    with pytest.raises(ProgramMissing, match="only of version 14, 17, 19"):
        programs.program("pg_dump", server=16, folders=found[:4])


def test_the_password_is_no_argument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a program gets on its command line everybody on the machine can read."""
    monkeypatch.setenv("CALENDRA_CSRF_SECRET", "not for them")
    monkeypatch.setenv("PGPASSWORD", "of somebody else")
    address = "postgresql://me:correct%20horse@db.example.com:6543/calendra?sslmode=verify-full"
    known = programs.environment(address)
    assert known["PGPASSWORD"] == PASSWORD
    assert (known["PGHOST"], known["PGPORT"], known["PGUSER"]) == ("db.example.com", "6543", "me")
    assert (known["PGDATABASE"], known["PGSSLMODE"]) == ("calendra", "verify-full")
    assert "CALENDRA_CSRF_SECRET" not in known
    assert programs.target(address) == "--dbname=dbname=calendra"


def test_the_programs_are_called_without_the_password(database: str, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    spy = f'echo "$0 $@" >> {seen}; case "$1" in --version) echo "pg_dump (PostgreSQL) 99.1";; esac'
    _program(tmp_path, "pg_dump", spy)
    _program(tmp_path, "pg_restore", spy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.environ["PATH"])
        dump.backup(database, tmp_path / "calendra.dump", [tmp_path])
    password = re.search(r":([^@/]+)@", database)
    assert password
    assert "--format=custom" in seen.read_text()
    assert password[1] not in seen.read_text()


def test_the_command_says_it_in_one_line(database: str, tmp_path: Path, database_server: DatabaseServer) -> None:
    environment = _settings(database)
    file = tmp_path / "calendra.dump"
    assert calendra(environment, "backup", str(file)).exit_code == 0
    for words, said in (
        (["backup", str(file)], "exists already"),
        (["restore", str(file)], "is not empty"),
        (["restore", str(tmp_path / "none")], "cannot be read"),
    ):
        refused = calendra(environment, *words)
        assert (refused.exit_code, said in refused.stderr) == (1, True), refused.stderr
        assert len(refused.stderr.splitlines()) == 1
    away = calendra(_settings("postgresql://nobody@127.0.0.1:9/x"), "backup", str(tmp_path / "other"))
    assert (away.exit_code, len(away.stderr.splitlines())) == (1, 1), away.stderr


def _settings(database: str) -> dict[str, str]:
    return {
        "CALENDRA_DATABASE_URL": database,
        "CALENDRA_PUBLIC_ADDRESS": "http://localhost:8000",
        "CALENDRA_TOKEN_KEYS": f"{'A' * 43}=",
        "CALENDRA_CSRF_SECRET": "only for tests, but long enough for all",
    }
