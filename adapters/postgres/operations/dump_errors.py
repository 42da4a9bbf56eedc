"""The errors of a backup or a restore. Each message says what to do next."""

from collections.abc import Sequence
from pathlib import Path


class DumpError(Exception):
    """The operation left no partial result."""


class ProgramMissing(DumpError):
    def __init__(self, name: str, server: int, found: Sequence[int]) -> None:
        here = f"here only of version {', '.join(map(str, found))}" if found else "not on this machine"
        super().__init__(
            f"The server is PostgreSQL {server}; {name} is {here}. "
            f"Install that of version {server} (`apt-get install postgresql-client-{server}`)."
        )


class FileExists(DumpError):
    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} exists already. Choose another name; nothing is overwritten.")


class FileUnusable(DumpError):
    """The file is not readable, not writable, or not a backup of Calendra."""


class NotEmpty(DumpError):
    def __init__(self, tables: Sequence[str]) -> None:
        named = ", ".join(tables[:3]) + (" …" if len(tables) > 3 else "")
        super().__init__(
            f"The database is not empty ({named}). Restore into a new one: make it with createdb, and let "
            "CALENDRA_DATABASE_URL lead there. Nothing was changed."
        )


class NothingStored(DumpError):
    def __init__(self) -> None:
        super().__init__("There are no tables of Calendra in this database. Check CALENDRA_DATABASE_URL.")


class ProgramFailed(DumpError):
    def __init__(self, what: str, said: str) -> None:
        super().__init__(f"{what} ({said}).")
