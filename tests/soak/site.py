"""All of Calendra as separate processes, each of which can be killed and started again at its address."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from adapters.embedded_postgres import EmbeddedPostgres
from adapters.postgres.migrate import upgrade
from domain.account import Account
from tests.running import ANA, ROOT, ServerProcess, Service, service
from tests.sandbox_control import SandboxControl
from tests.soak.deaths import Deaths
from tests.staff import Staff, zoom_people

# A process that is gone is replaced after four seconds, and no call takes longer than two.
SETTINGS: dict[str, Any] = {
    "settle_lease": "4",
    "settle_patience": "3",
    "zoom_total_seconds": "2",
    "zoom_read_seconds": "1.8",
    "worker_in_web": "false",
    "web_processes": "1",
}
MOST_STAFF = 40
WEB, WORKERS = 2, 2
_SAME_PASSWORD = "UPDATE accounts SET password_hash = (SELECT password_hash FROM accounts WHERE email = %s)"
# Tokens are used until five minutes before their end: these for some seconds, so that refreshes race all the time.
_TOKEN_SECONDS = 305


class WorkerProcess:
    """`calendra worker`."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._environment = environment
        self._log = log
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "entrypoints.cli", "worker"],
                cwd=ROOT,
                env={**os.environ, **self._environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    @property
    def running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def kill(self) -> None:
        """As kill -9 does."""
        if self._child:
            self._child.kill()
            self._child.wait(10)


class Site:
    def __init__(self, running: Service, postgres: EmbeddedPostgres) -> None:
        self.running = running
        self.postgres = postgres
        self.database = running.environment["CALENDRA_DATABASE_URL"]
        self.sandbox = running.sandbox
        self.deaths = Deaths()
        self.web: list[ServerProcess] = [running.serve() for _ in range(WEB)]
        logs = [running.folder / f"worker-{number}.log" for number in range(WORKERS)]
        self.workers = [WorkerProcess(running.environment, log) for log in logs]
        self.zoom = SandboxControl(running.sandbox.address)
        self.zoom.configure(webhook_url="")  # only removals are told: each notice kept makes the stand-in slower

    @property
    def addresses(self) -> list[str]:
        return [one.address for one in self.web]

    @property
    def log_end(self) -> str:
        return "\n".join(
            f"--- {log.name}\n{log.read_text()[-2000:]}" for log in sorted(self.running.folder.glob("*.log"))
        )

    def hire(self, count: int) -> list[Account]:
        """Consultants who are connected and can sign in."""
        hired = Staff(self.running).hire(count)
        with psycopg.connect(self.database) as connection:
            connection.execute(_SAME_PASSWORD, [ANA])
        return hired

    def stop(self) -> None:
        for worker in self.workers:
            worker.kill()
        self.zoom.http.close()


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    """With a PostgreSQL of its own, because it is going to be killed. Not one that is fast and loses commits."""
    zoom = {
        "people": zoom_people(MOST_STAFF),
        "daily_limit": 1_000_000,
        "access_token_seconds": _TOKEN_SECONDS,
        "webhook_delays": (1, 1, 2, 2, 3, 3, 5, 5, 8, 8, 13, 13, 21, 34),
    }
    with EmbeddedPostgres(folder / "postgres") as postgres:
        upgrade(postgres.address)
        with service(postgres.address, folder, zoom=zoom, zoom_state=folder / "zoom.json", **SETTINGS) as running:
            ready = Site(running, postgres)
            for worker in ready.workers:
                worker.start()
            try:
                yield ready
            finally:
                ready.stop()
