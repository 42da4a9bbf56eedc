"""The operating-system account that the server runs as: PostgreSQL refuses to run as root."""

import os
import pwd
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict


class Identity(TypedDict, total=False):
    """The arguments by which subprocess changes the account of a child."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Way:
    """A path to a folder, and the open files that a child must be given for the path to work."""

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
        """For a child that runs as this account.

        Another account may find the folders above closed, as root's home is; through an open
        folder that it is handed, it gets in all the same.
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
    """Ours; or, when we are root, whoever owns the existing data, and `nobody` for new data."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if cluster.exists() and cluster.stat().st_uid != 0:
        return Account(cluster.stat().st_uid, cluster.stat().st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)
