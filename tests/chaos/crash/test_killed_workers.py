"""A worker that takes over from a killed process is killed too, at each of its own steps."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from adapters.in_memory.provider.fault import Fault
from tests.audit import reconciled
from tests.chaos.crash.lives import LIVES
from tests.chaos.crash.mortals import KILLED
from tests.chaos.crash.passage import Death
from tests.chaos.crash.rounds import Rounds, deaths
from tests.chaos.crash.site import LEASE, Site, together
from tests.running_practice import served
from tests.tally import tally

_SPARE = 3  # a worker that is killed before its first commit leaves its session to the next one


@pytest.mark.slow
@pytest.mark.parametrize("died", ["before", "after"])
def test_killed_workers(site: Site, died: str) -> None:
    """The web process was killed before it called the provider, or before it stored the answer."""
    rounds = Rounds(site, replace(LIVES[0], name=f"book, dead {died} the call"))
    rounds.count_steps()
    call = Death(rounds.steps.index("POST meetings"), "before" if died == "before" else "after")
    rounds.die_there(call, 1)
    time.sleep(LEASE)
    steps = _one_round(site, None)
    ends = deaths(steps)
    rounds.die_there(call, len(ends) + _SPARE)
    time.sleep(LEASE)
    together([partial(_one_round, site, end) for end in ends if end.when != "during"])
    with _everything_slow(site):
        together([partial(_one_round, site, end) for end in ends if end.when == "during"])
    assert not reconciled(site.database)
    with served(site) as browser:
        site.wait_until_reconciled()
        wrong, audited = rounds.judge(site.find(browser)), site.audit(browser)
        row = f"take over from one that died {died} the call"
        tally("Killed at each step", row, deaths=len(rounds.all) - 1 + len(ends), **audited.losses, untrue=len(wrong))
        assert wrong == []
        assert audited.faults == {}
    print(f"workers: {len(ends)} deaths at {steps}; {audited}")


def _one_round(site: Site, death: Death | None) -> list[str]:
    worker = site.dying.start(death=death, worker=True)
    code = worker.process.wait()
    assert code == (KILLED if death else 0), f"{death}: ended with {code} after {worker.steps}"
    assert death is None or len(worker.steps) == death.step + 1, f"{death}: died after {worker.steps}"
    return worker.steps


@contextlib.contextmanager
def _everything_slow(site: Site) -> Iterator[None]:
    site.zoom.strike("*", Fault.SLOW, delay_ms=400, times=None)
    yield
    site.zoom.heal()
