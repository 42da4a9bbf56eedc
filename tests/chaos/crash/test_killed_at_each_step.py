"""After kill -9 between any two steps of a request, and a restart, there is one session with one meeting, and its link
is stored.

One restart follows the kills in all use cases, so that the test waits once for the end of the leases.
"""

import time

import pytest

from tests.chaos.crash.lives import LIVES
from tests.chaos.crash.rounds import Rounds
from tests.chaos.crash.site import Site
from tests.running_practice import served
from tests.tally import tally


@pytest.mark.slow
def test_killed_at_each_step(site: Site) -> None:
    began, every = time.monotonic(), [Rounds(site, life) for life in LIVES]
    for rounds in every:
        rounds.count_steps()
        rounds.die()
    died = time.monotonic()
    with served(site) as browser:
        for rounds in every:
            rounds.repeat(browser)
        site.wait_until_reconciled()
        found = site.find(browser)
        without = [(rounds, one) for rounds in every for one in rounds.without_consent(found)]
        assert [one.title for rounds, one in without if not rounds.tokens_died(one)] == []
        site.staff.connect(*(one.host for _, one in without))
        site.wait_until_reconciled()
        found, audited = site.find(browser), site.audit(browser)
    wrong = {rounds.name: rounds.judge(found) for rounds in every}
    for rounds in every:
        tally("Killed at each step", rounds.name, deaths=len(rounds.all) - 1, untrue=len(wrong[rounds.name]))
        print(f"{rounds.name}: {len(rounds.all) - 1} deaths at {rounds.steps}")
    tally("Killed at each step", "the audit after all", deaths=0, **audited.losses)
    print(f"{died - began:.1f} s dying, {time.monotonic() - died:.1f} s recovering; {audited}")
    assert {name: lines for name, lines in wrong.items() if lines} == {}
    assert audited.faults == {}
