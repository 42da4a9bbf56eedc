"""The running server process with its guard: waits until it is ready, stops it or kills it."""

import subprocess
import sys
import time
from pathlib import Path

import psutil

from demo.embedded_postgres import guard
from demo.embedded_postgres.account import Account
from demo.embedded_postgres.errors import ServerFailed
from demo.embedded_postgres.stale_processes import wait_until_gone

_START_PATIENCE = 60.0  # seconds; recovery after a crash takes long
_STOP_PATIENCE = 30.0
_LARGEST_LOG = 5_000_000


class ServerProcess:
    def __init__(self, postgres: str, cluster: Path, settings: list[str], account: Account, log: Path) -> None:
        self._cluster = cluster
        self._log = log
        watcher = [sys.executable, "-I", "-S", guard.__file__, str(account.uid), str(account.gid)]
        with log.open("wb" if _is_large(log) else "ab") as output, account.way_into(cluster) as way:
            self._guard = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
                [*watcher, postgres, "-D", way.path, *settings],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                cwd="/",
                pass_fds=way.handles,
                start_new_session=True,  # Ctrl+C at the terminal reaches Calendra, which then stops the server
            )

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_PATIENCE
        while not _reports_ready(self._cluster / "postmaster.pid"):
            if self._guard.poll() is not None:
                raise ServerFailed(f"PostgreSQL did not start. The end of {self._log}:", self._log_end())
            if time.monotonic() > deadline:
                raise ServerFailed(f"PostgreSQL is not ready after {_START_PATIENCE:.0f} s:", self._log_end())
            time.sleep(0.005)

    def stop(self) -> None:
        if self._guard.stdin is not None:
            self._guard.stdin.close()
        try:
            self._guard.wait(_STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        servers = psutil.Process(self._guard.pid).children(recursive=True)
        for process in servers:
            process.kill()
        wait_until_gone(servers)
        self.stop()

    def _log_end(self) -> str:
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-15:])


def _is_large(log: Path) -> bool:
    return log.exists() and log.stat().st_size > _LARGEST_LOG


def _reports_ready(pid_file: Path) -> bool:
    """The eighth line of PostgreSQL's pid file contains the server's state."""
    try:
        lines = pid_file.read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[7].strip() == "ready"
