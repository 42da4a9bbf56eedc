"""Writes a whole database into one file and restores it, with PostgreSQL's pg_dump and pg_restore."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile

import psycopg

from adapters.postgres.engine.address import parameters
from adapters.postgres.engine.error_translation import FAILURES, translated
from adapters.postgres.operations.dump_errors import (
    FileExists,
    FileUnusable,
    NotEmpty,
    NothingStored,
    ProgramFailed,
)
from adapters.postgres.operations.programs import environment, last_line, program, target

_BEGINNING = b"PGDMP"
_OURS = ("TABLE public alembic_version", "TABLE public bookings")
# Ignores extensions: an administrator may have installed one beforehand.
_TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY c.relname
"""


def backup(address: str, file: Path, folders: Iterable[Path]) -> None:
    """Writes a consistent snapshot while the service runs. Only the caller can read the file; it is complete or absent.

    Raises DumpError or StorageUnavailable.
    """
    server, tables = _looked_at(address)
    if "alembic_version" not in tables:
        raise NothingStored
    pg_dump = program("pg_dump", server=server, folders=folders)
    if file.exists():
        raise FileExists(file)
    try:
        with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.") as unfinished:  # mode 0600
            _dump(pg_dump, address, unfinished.fileno())
            os.link(unfinished.name, file)  # unlike a rename, a link never overwrites
    except FileExistsError as error:
        raise FileExists(file) from error
    except OSError as error:
        raise FileUnusable(f"{file} cannot be written: {error.strerror}.") from error


def restore(address: str, file: Path, folders: Iterable[Path]) -> None:
    """Restores into an empty database in one transaction: everything or nothing.

    Raises DumpError or StorageUnavailable.
    """
    _must_be_a_dump(file)
    server, tables = _looked_at(address)
    if tables:
        raise NotEmpty(tables)
    pg_restore = program("pg_restore", server=server, folders=folders)
    _must_be_ours(pg_restore, file)
    # The role that restores owns everything, whatever roles the old server had.
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments"]
    done = _run([pg_restore, *options, target(address), str(file)], environment(address))
    if done.returncode:
        raise ProgramFailed("The restore failed, and nothing of it remains", last_line(done))


def _dump(pg_dump: str, address: str, output: int) -> None:
    done = _run([pg_dump, "--format=custom"], environment(address), output)
    if done.returncode:
        raise ProgramFailed("The backup failed, and nothing was kept", last_line(done))
    os.fsync(output)


def _run(
    command: list[str], known: dict[str, str], output: int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - our own arguments, no shell
        command, env=known, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE, check=False
    )


def _must_be_a_dump(file: Path) -> None:
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(_BEGINNING))
    except OSError as error:
        raise FileUnusable(f"{file} cannot be read: {error.strerror}.") from error
    if begins != _BEGINNING:
        raise FileUnusable(f"{file} is not a backup: it was not made by `calendra backup` or pg_dump --format=custom.")


def _must_be_ours(pg_restore: str, file: Path) -> None:
    listed = _run([pg_restore, "--list", str(file)], {"LC_ALL": "C"})
    if listed.returncode:
        raise FileUnusable(f"{file} cannot be read as a backup ({last_line(listed)}).")
    if any(table not in listed.stdout.decode(errors="replace") for table in _OURS):
        raise FileUnusable(f"{file} is a backup of something else: it has no tables of Calendra.")


def _looked_at(address: str) -> tuple[int, list[str]]:
    """The server's major version, and the tables in the database."""
    try:
        with psycopg.connect(**parameters(address, "calendra dump")) as connection:
            names = [str(row[0]) for row in connection.execute(_TABLES).fetchall()]
            return connection.info.server_version // 10000, names
    except FAILURES as error:
        raise translated(error) from error
