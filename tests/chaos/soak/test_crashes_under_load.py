"""kill -9 of web, worker, PostgreSQL and the provider at random moments under load: in the end nothing is lost,
doubled, left behind or stuck, and every answer that people got is true."""

import os
import secrets
import time
from pathlib import Path

import pytest

from tests.chaos.soak.chaos import Chaos, Kind, Plan
from tests.chaos.soak.crowd import Crowd
from tests.chaos.soak.site import site
from tests.chaos.soak.verdict import Verdict
from tests.tally import tally

pytestmark = pytest.mark.slow

MINUTES = float(os.environ.get("TEST_MINUTES", 0))
SEED = int(os.environ.get("TEST_SEED", secrets.randbelow(10**6)))
QUICK = Plan(seconds=12, provider_away=4, web=Kind(4, 2.0), worker=Kind(3, 3.0), postgres=Kind(2, 4.0))
LONG = Plan(seconds=150, provider_away=60, web=Kind(5, 5), worker=Kind(4, 5), postgres=Kind(3, 10))


def test_crashes_under_load(tmp_path: Path) -> None:
    """One short round; with TEST_MINUTES long ones until the time is over. TEST_SEED repeats one."""
    if not MINUTES:
        _round(tmp_path, QUICK, SEED, staff=8, admins=6)
        return
    ends, number = time.monotonic() + MINUTES * 60, 0
    while number == 0 or time.monotonic() < ends:
        folder = tmp_path / str(number)
        folder.mkdir()
        _round(folder, LONG, SEED + number, staff=16, admins=8)
        number += 1


def _round(folder: Path, plan: Plan, seed: int, *, staff: int, admins: int) -> None:
    with site(folder, worker_in_web=seed % 2 == 1) as running:  # both ways to run it
        crowd = Crowd(running, seed, staff, admins)
        began = time.monotonic()
        crowd.work(Chaos(running, plan, seed))
        rested = time.monotonic()
        verdict = Verdict(crowd)
        verdict.reach()
        counts = crowd.counts
        for what, times in running.deaths.counts.items():
            tally("Crashes under load", what, times=times)
        tally(
            "Audit after crashes",
            "round",
            rounds=1,
            requests=counts["requests"],
            answered=counts["answered"],
            sessions=verdict.audited.sessions,
            meetings=verdict.audited.meetings,
            **verdict.losses,
        )
        print(
            f"seed {seed}: {dict(running.deaths.counts)}; {dict(counts)}; {crowd.mischief.done}; {verdict.audited}; "
            f"{verdict.consents.ended} authorizations ended; "
            f"{rested - began:.0f} s of load, {time.monotonic() - rested:.0f} s until the verdict"
        )
        assert not verdict.faults, f"TEST_SEED={seed}\n{running.deaths}\n{verdict.told()}\n{running.log_end}"
