"""The data folder of the server (PostgreSQL calls it a cluster). It is created completely or not at all."""

import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from demo.embedded_postgres.account import Account, account_for
from demo.embedded_postgres.binaries import Binaries
from demo.embedded_postgres.errors import FolderUnusable, ServerFailed

USER = "calendra"


@dataclass(frozen=True)
class Cluster:
    state: Path

    @property
    def folder(self) -> Path:
        return self.state / "cluster"

    @property
    def exists(self) -> bool:
        return self.folder.exists()

    @property
    def account(self) -> Account:
        return account_for(self.folder)

    @property
    def major(self) -> int | None:
        return int((self.folder / "PG_VERSION").read_text().strip()) if self.exists else None

    @property
    def password(self) -> str:
        try:
            return (self.state / "password").read_text()
        except FileNotFoundError as error:
            raise FolderUnusable(
                f"{error.filename} is missing, and without it the data beside it stays closed. "
                "Put it back, or start with an empty state folder."
            ) from error

    def create(self, binaries: Binaries, scratch: Path, *, sync: bool) -> None:
        """`scratch` is a folder that the server's account can read."""
        account = self.account
        aside = self.state / "cluster.unfinished"
        shutil.rmtree(aside, ignore_errors=True)  # an interrupted first start leaves it
        aside.mkdir(mode=0o700)
        account.give(aside)
        password_file = self._new_password(scratch, account)
        try:
            _initdb(binaries, aside, password_file, account, sync=sync)
        finally:
            password_file.unlink()
        aside.rename(self.folder)

    def _new_password(self, scratch: Path, account: Account) -> Path:
        kept, handed_over = self.state / "password", scratch / "password"
        secret = secrets.token_urlsafe(24)
        for path in (kept, handed_over):
            path.touch(mode=0o600)
            path.write_text(secret)
        account.give(handed_over)
        return handed_over


def _initdb(binaries: Binaries, folder: Path, password_file: Path, account: Account, *, sync: bool) -> None:
    options = [
        f"--username={USER}",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--no-instructions",
        *_locale(binaries.major),
    ]
    if not sync:
        options.append("--no-sync")
    with account.way_into(folder) as way:
        done = subprocess.run(  # noqa: S603 - our own arguments, no shell
            [binaries.initdb, f"--pgdata={way.path}", *options],
            cwd="/",
            pass_fds=way.handles,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
            **account.identity,
        )
    if done.returncode != 0:
        raise ServerFailed(f"PostgreSQL could not prepare its data in {folder}:", done.stdout + done.stderr)


def _locale(major: int) -> list[str]:
    """Sorts the same way and accepts the same letters on every machine. PostgreSQL 17 added a locale
    provider that needs no library."""
    if major >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8", "--lc-messages=C"]
