"""Backup and restore by the commands of the guide for operators, run by a shell as they stand there."""

import os
import re
import subprocess
from pathlib import Path

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict

from demo.embedded_postgres.binaries import program_folders
from tests.real_processes import ROOT

_GUIDE = (ROOT / "docs" / "production.md").read_text()
_FOLDER, _RESTORED = "/var/backups/calendra", "calendra_restored"


def back_up(address: str, folder: Path) -> Path:
    _run(_commands("pg_dump").replace(_FOLDER, str(folder)), libpq_environment(address))
    (file,) = folder.glob("*.dump")
    return file


def restore(address: str, file: Path) -> None:
    """The database exists already. Raises CalledProcessError."""
    name = str(conninfo_to_dict(address)["dbname"])
    commands = re.sub(r"createdb .*\n", "", _commands("pg_restore")).replace(_RESTORED, name)
    _run(commands, libpq_environment(address) | {"file": str(file)})


def libpq_environment(address: str) -> dict[str, str]:
    """The address as libpq's variables, and the programs of the server's version first on the PATH."""
    names = {option.keyword.decode(): option.envvar.decode() for option in pq.Conninfo.get_defaults() if option.envvar}
    known = {names[word]: str(value) for word, value in conninfo_to_dict(address).items() if word in names}
    return {**os.environ, **known, "PATH": f"{_programs(address)}:{os.environ['PATH']}", "LC_ALL": "C"}


def _programs(address: str) -> Path:
    with psycopg.connect(address) as connection:
        server = connection.info.server_version // 10000
    own = Path(f"/usr/lib/postgresql/{server}/bin")
    return own if own.exists() else next(program_folders())


def _commands(program: str) -> str:
    (block,) = (one for one in re.findall(r"```sh\n(.*?)```", _GUIDE, re.DOTALL) if program in one)
    return str(block)


def _run(commands: str, environment: dict[str, str]) -> None:
    shell = ["sh", "-eu", "-c", commands]
    subprocess.run(shell, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True)
