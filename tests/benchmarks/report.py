"""What the benchmark prints."""

import os
import platform

import psycopg

from tests.benchmarks.backlog import LATENCY_MS as BACKLOG_LATENCY_MS
from tests.benchmarks.backlog import Backlog
from tests.benchmarks.over_provider import LATENCY_MS, OverProvider
from tests.benchmarks.practice import IN_A_WEEK, WEEKS, Practice
from tests.benchmarks.rounds import Rates

_LEGEND = f"""
Each rate is the median of rounds in turns, each ratio the median of the ratios within the rounds: read the ratios.

service   one web process as `calendra serve` starts it (its worker included), over HTTP, through everything: sign-in,
          rights, rules, security headers. Save answers with the meeting's link, which the Zoom sandbox has made.
raw       a Litestar app in a process of its own (uvicorn, uvloop, httptools, pool of 10) that sends the same SQL,
          word for word, by psycopg, prepared, and passes the JSON on that PostgreSQL wrote. No sign-in, no rights, no
          rules. Save: the same statements in the same transactions, and the same call to the sandbox by httpx.
pgbench   the same SQL from C, prepared, 16 clients: the database's own limit. Save: without the call to the provider.

get one   GET /api/bookings/…: one of {WEEKS * IN_A_WEEK:,} sessions, two clients each
list 50   GET /api/bookings?start=…&until=…: one of {WEEKS} weeks of {IN_A_WEEK} sessions
save      POST /api/bookings: an online session with two clients; the sandbox answers at once
"""


class Report:
    def __init__(self) -> None:
        self.missed: list[str] = []

    def begin(self, practice: Practice, left_out: str) -> None:
        with psycopg.connect(practice.database) as connection:
            version = connection.info.server_version
        print(
            f"{os.cpu_count()} cores shared by all, Python {platform.python_version()}, PostgreSQL "
            f"{version // 10000}.{version % 10000} on a socket (durable), 16 connections of a client of our own."
        )
        print(_LEGEND)
        if left_out:
            print(f"pgbench is left out: {left_out}\n")
        print(f"{'a second':10}{'service':>9}{'raw':>9}{'pgbench':>9}   {'of raw':>7}  {'target':9}{'of pgbench':>12}")

    def rates(self, name: str, rates: Rates, target: float) -> None:
        limit = f"{_middle(rates.pgbench):9,.0f}" if rates.pgbench else f"{'–':>9}"
        of_limit = f"{rates.to_pgbench:12.1%}" if rates.to_pgbench else f"{'–':>12}"
        met = self._met(name, rates.to_raw >= target)
        print(
            f"{name:10}{_middle(rates.service):9,.0f}{_middle(rates.raw):9,.0f}{limit}   "
            f"{rates.to_raw:7.0%}  ≥ {target:.0%} {met}{of_limit}   rounds: "
            + " ".join(f"{own / other:.0%}" for own, other in zip(rates.service, rates.raw, strict=True)),
            flush=True,
        )

    def over_provider(self, found: OverProvider, target_ms: float) -> None:
        met = self._met("over the provider", found.over_ms <= target_ms)
        print(
            f"\nA save over the provider's own time, 1 connection, a provider that takes {LATENCY_MS} ms, medians:\n"
            f"provider alone {found.provider_ms:.1f} ms, save {found.save_ms:.1f} ms: "
            f"{found.over_ms:.1f} ms over   ≤ {target_ms:.0f} ms {met}",
            flush=True,
        )

    def backlog(self, found: Backlog, target: float) -> None:
        met = self._met("backlog", found.rate >= target)
        print(
            f"\nBacklog of {found.bookings:,} bookings of three hosts, one `calendra worker`, a provider that takes "
            f"{BACKLOG_LATENCY_MS} ms:\n{found.reconciled:,} reconciled in {found.seconds:.1f} s: "
            f"{found.rate:.0f} a second   ≥ {target:.0f} {met}",
            flush=True,
        )

    def _met(self, name: str, met: bool) -> str:
        if not met:
            self.missed.append(name)
        return "✓" if met else "✗"


def _middle(rates: list[float]) -> float:
    return sorted(rates)[len(rates) // 2]
