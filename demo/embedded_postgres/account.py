"""The operating-system account that runs the server: PostgreSQL refuses to run as root."""

import os
import pwd
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict


class Identity(TypedDict, total=False):
    """The arguments by which subprocess changes the account of a child process."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Way:
    """A path to a folder, and the open file descriptors that a child process must inherit for the path to work."""

    path: str
    handles: tuple[int, ...] = ()


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        return self.uid == os.geteuid()

    @property
    def identity(self) -> Identity:
        return {} if self.is_ours else Identity(user=self.uid, group=self.gid, extra_groups=[])

    def give(self, path: Path) -> None:
        if not self.is_ours:
            os.chown(path, self.uid, self.gid)

    @contextmanager
    def way_into(self, folder: Path) -> Iterator[Way]:
        """Yields a path to `folder` for a child process that runs as this account.

        The account may lack access to the parent folders, for example to root's home. The child inherits an open
        descriptor of the folder and enters through it.
        """
        if self.is_ours or sys.platform != "linux":
            yield Way(str(folder))
            return
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield Way(f"/proc/self/fd/{handle}", (handle,))
        finally:
            os.close(handle)


def account_for(cluster: Path) -> Account:
    """Our own account. Root instead gets the owner of the existing data, or `nobody` for new data."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if cluster.exists() and cluster.stat().st_uid != 0:
        return Account(cluster.stat().st_uid, cluster.stat().st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)
