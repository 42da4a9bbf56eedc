"""Lets one process at a time run the server of a state folder."""

import fcntl
import os
from pathlib import Path
from typing import IO

import psutil

from demo.embedded_postgres.errors import FolderInUse, FolderUnusable


class FolderLock:
    """The process holds the lock from `acquire` to `release`. The system releases it when the process ends, however it
    ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        try:
            file = (self._folder / "lock").open("a+", encoding="utf-8")
        except PermissionError as error:
            raise FolderUnusable(
                f"The folder {self._folder} belongs to another account of this machine. "
                "Run Calendra as that account, or choose another state folder."
            ) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = _describe(file.read().strip())
            file.close()
            raise FolderInUse(self._folder, holder) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _describe(pid: str) -> str:
    try:
        command = " ".join(psutil.Process(int(pid)).cmdline())
    except (ValueError, psutil.Error):
        return "another process"
    return f"process {pid} ({command[:120]})"
