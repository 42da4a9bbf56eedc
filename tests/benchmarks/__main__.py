"""`make bench`: prints what the service costs, as ratios to two references that are measured in the same run.

python -m tests.benchmarks            the figures; ends with 1 when a target is missed
python -m tests.benchmarks --smoke    the same path in seconds, to see that it still works; its figures mean nothing
"""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from tests.benchmarks import pgbench
from tests.benchmarks.backlog import backlog
from tests.benchmarks.effort import FULL, SMOKE, Effort
from tests.benchmarks.load import Job, Request
from tests.benchmarks.loader import Loader
from tests.benchmarks.over_provider import create_job, over_provider
from tests.benchmarks.pgbench import PgBench
from tests.benchmarks.practice import Practice, gets, practice, session_paths, week_paths
from tests.benchmarks.raw_server import access_token_of_ana, start_raw
from tests.benchmarks.report import Report
from tests.benchmarks.rounds import Rates, in_turns
from tests.real_processes import ANA, BORIS

CONNECTIONS = 16


class Bench:
    def __init__(self, found: Practice, loader: Loader, raw_port: int, effort: Effort) -> None:
        self._practice = found
        self._effort = effort
        self._loader = loader
        self._ports = (found.running.servers[0].port, raw_port)
        path = pgbench.program()
        self.pgbench = PgBench(path, found) if path else None
        self._ana, self._boris = found.logged_in(ANA), found.logged_in(BORIS)

    def get_one(self) -> Rates:
        return self._reads(session_paths("/api/bookings/{id}"), session_paths("/bookings/{id}"), "read_one")

    def list_week(self) -> Rates:
        question = "?start={start}&until={until}"
        own, raw = (week_paths(path + question) for path in ("/api/bookings", "/bookings"))
        return self._reads(own, raw, "list_week")

    def _reads(self, own: list[str], raw: list[str], script: str) -> Rates:
        own_job = Job(self._ports[0], gets(own, self._boris), CONNECTIONS, self._effort.seconds)
        raw_job = Job(self._ports[1], gets(raw, {}), CONNECTIONS, self._effort.seconds)
        return in_turns(
            self._effort.rounds, partial(self._rate, own_job), partial(self._rate, raw_job), self._limit(script)
        )

    def save(self) -> Rates:
        return in_turns(
            self._effort.rounds,
            lambda: self._rate(self._saves(self._ports[0], "/api/bookings", self._ana)),
            lambda: self._rate(self._saves(self._ports[1], "/bookings", {})),
            self._limit("save"),
        )

    def one_save_at_a_time(self) -> Job:
        return Job(
            self._ports[0],
            [Request("POST", "/api/bookings", self._ana)],
            1,
            self._effort.seconds,
            expected=201,
            again=False,
        )

    def _saves(self, port: int, path: str, headers: dict[str, str]) -> Job:
        requests = [Request("POST", path, headers, self._practice.body()) for _ in range(self._effort.most_saves)]
        return Job(port, requests, CONNECTIONS, self._effort.seconds, expected=201, again=False)

    def _rate(self, job: Job) -> float:
        result = self._loader.run(job)
        return result.done / result.seconds

    def _limit(self, script: str) -> Callable[[], float] | None:
        return partial(self.pgbench.rate, getattr(self.pgbench, script), 1) if self.pgbench else None


def main(effort: Effort) -> int:
    began, report = time.monotonic(), Report()
    with practice() as found, Loader() as loader:
        token = access_token_of_ana(found)
        raw = start_raw(found, token)
        try:
            bench = Bench(found, loader, raw.port, effort)
            report.begin(found, "" if bench.pgbench else "this machine has none (Debian: apt-get install postgresql).")
            report.rates("get one", bench.get_one(), 0.5)
            report.rates("list 50", bench.list_week(), 0.5)
            report.rates("save", bench.save(), 0.4)
            create = create_job(found, urlsplit(found.running.sandbox.address).port or 0, token, effort.seconds)
            job = bench.one_save_at_a_time()
            report.over_provider(over_provider(found, loader, job, create, effort.turns), 15)
        finally:
            raw.stop()
        report.backlog(backlog(found, effort.backlog), 100)
    print(f"\n{time.monotonic() - began:.0f} s. {_verdict(report, effort)}")
    return 1 if report.missed and not effort.smoke else 0


def _verdict(report: Report, effort: Effort) -> str:
    if effort.smoke:
        return "A smoke run: everything works, and its figures mean nothing."
    return f"Missed: {', '.join(report.missed)}." if report.missed else "All met."


if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--smoke", action="store_true", help="in seconds, to see that it still works")
    sys.exit(main(SMOKE if parser.parse_args().smoke else FULL))
