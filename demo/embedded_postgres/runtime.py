"""The folder for the server's socket, whose path must be short, and for files that live only while the server runs."""

import fcntl
import hashlib
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from demo.embedded_postgres.account import Account
from demo.embedded_postgres.errors import FolderUnusable

_SOCKET_NAME = "/.s.PGSQL.5432"
_LONGEST_PATH = 100  # the system limits a socket path to 104 bytes on macOS and to 108 on Linux


class RuntimeFolder:
    def __init__(self, state: Path, account: Account) -> None:
        digest = hashlib.sha256(f"{os.geteuid()}:{state}".encode()).hexdigest()[:12]
        self._apart = Path("/tmp") / f"calendra-{digest}"  # noqa: S108 - used only if it is ours, see _open_apart
        self._account = account
        beside = state / "socket"
        self._is_apart = not (account.is_ours and _can_be_a_host(beside))
        self.socket = self._apart / "socket" if self._is_apart else beside
        self.binaries = self._apart / "binaries"
        self._handle: int | None = None

    def open(self) -> None:
        if self._is_apart:
            self._open_apart()
        shutil.rmtree(self.socket, ignore_errors=True)  # a killed server leaves its socket behind
        self.socket.mkdir(mode=0o700)
        self._account.give(self.socket)

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        shutil.rmtree(self._apart if self._is_apart else self.socket, ignore_errors=True)

    def _open_apart(self) -> None:
        with suppress(FileExistsError):
            self._apart.mkdir(mode=0o700)
        details = self._apart.lstat()
        if not stat.S_ISDIR(details.st_mode) or details.st_uid != os.geteuid():
            raise FolderUnusable(f"{self._apart} belongs to another account. Remove it and start again.")
        self._apart.chmod(0o700 if self._account.is_ours else 0o711)
        self._handle = os.open(self._apart, os.O_RDONLY)
        # systemd skips locked folders when it removes old temporary files.
        fcntl.flock(self._handle, fcntl.LOCK_SH)


def _can_be_a_host(socket: Path) -> bool:
    """A comma separates two hosts in an address, so the path must not contain one."""
    return len(os.fsencode(f"{socket}{_SOCKET_NAME}")) <= _LONGEST_PATH and "," not in str(socket)
