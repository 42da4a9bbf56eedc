"""All of Calendra as separate processes, each of which can be killed and started again at its address."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from adapters.in_memory.provider.fault import Fault
from adapters.postgres.operations.migrate import upgrade
from demo.embedded_postgres import EmbeddedPostgres
from domain.accounts.account import Account
from tests.chaos.soak.deaths import Deaths
from tests.ports import free_port
from tests.real_processes import ANA, SERVE, ServerProcess, Service, born_here, service
from tests.running_practice import RunningPractice
from tests.staff import zoom_people

# A process that is gone is replaced after four seconds, and no call takes longer than two.
SETTINGS: dict[str, Any] = {
    "reconcile_lease": "4",
    "reconcile_patience": "3",
    "zoom_total_seconds": "2",
    "zoom_read_seconds": "1.8",
    "web_processes": "1",
}
MOST_STAFF = 40
WEB, WORKERS = 2, 2
_SAME_PASSWORD = "UPDATE accounts SET password_hash = (SELECT password_hash FROM accounts WHERE email = %s)"
_ANSWERS_TAKE_MS = 400
# Tokens are used until five minutes before their end: these for some seconds, so that refreshes race all the time.
_TOKEN_SECONDS = 305


class Worker:
    """`calendra worker`."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._environment = environment
        self._log = log

    def start(self) -> None:
        self._child = born_here().bear(["worker"], self._environment, self._log)

    def kill(self) -> None:
        """As kill -9 does."""
        self._child.kill()
        self._child.wait()


class Site(RunningPractice):
    first_day = 100  # people at work book the days before

    def __init__(self, running: Service, postgres: EmbeddedPostgres) -> None:
        super().__init__(running)
        self.postgres = postgres
        self.sandbox = running.sandbox
        self.deaths = Deaths()
        ports = [running.environment["CALENDRA_PORT"], *(str(free_port()) for _ in range(WEB - 1))]
        self.web = [
            ServerProcess({**running.environment, "CALENDRA_PORT": port}, running.folder / f"web-{number}.log", SERVE)
            for number, port in enumerate(ports)
        ]
        running.servers.extend(self.web)
        logs = [running.folder / f"worker-{number}.log" for number in range(WORKERS)]
        self.workers = [Worker(running.environment, log) for log in logs]
        self.zoom.configure(webhook_url="")  # stored webhook events slow the stand-in down; only removals send one

    def slow_answers(self) -> None:
        """Meetings are made and removed at once, but the answers are delayed, so that kills fall in between."""
        for operation in ("create", "remove"):
            self.zoom.strike(operation, Fault.LATE, kind="drip", delay_ms=_ANSWERS_TAKE_MS, times=None)

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
        hired = self.staff.hire(count)
        with psycopg.connect(self.database) as connection:
            connection.execute(_SAME_PASSWORD, [ANA])
        return hired

    def start(self) -> None:
        for server in self.web:
            server.start()
        for worker in self.workers:
            worker.start()

    def stop(self) -> None:
        for worker in self.workers:
            worker.kill()


@contextmanager
def site(folder: Path, *, worker_in_web: bool) -> Iterator[Site]:
    """With a PostgreSQL of its own, because it will be killed; and with durable commits."""
    zoom = {
        "people": zoom_people(MOST_STAFF),
        "daily_limit": 1_000_000,
        "access_token_seconds": _TOKEN_SECONDS,
        "webhook_delays": (1, 1, 2, 2, 3, 3, 5, 5, 8, 8, 13, 13, 21, 34),
    }
    settings = {**SETTINGS, "worker_in_web": str(worker_in_web).lower()}
    with EmbeddedPostgres(folder / "postgres") as postgres:
        upgrade(postgres.address)
        with service(postgres.address, folder, zoom=zoom, zoom_state=folder / "zoom.json", **settings) as running:
            ready = Site(running, postgres)
            ready.start()
            try:
                yield ready
            finally:
                ready.stop()
