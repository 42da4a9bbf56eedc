"""Bookings, edits, cancellations, connections, removals, erasures, kills and failing providers in any order: nothing is
lost, doubled, left behind or stuck, and Calendra shows the true state."""

import os
from dataclasses import asdict
from secrets import randbits
from time import monotonic

import pytest

from tests.chaos.faults.__main__ import MINUTES
from tests.chaos.model.conftest import IN_MEMORY, POSTGRES
from tests.chaos.model.place import Place
from tests.chaos.model.practice import Counts
from tests.chaos.model.runs import run
from tests.chaos.model.violation import Violation
from tests.tally import tally

LOSSES = ("lost", "doubled", "left behind", "stuck", "untrue", "let in")
PROGRAMS = {IN_MEMORY: 120, POSTGRES: 16}
MANY = 40  # of one seed


@pytest.mark.slow
def test_whatever_happens_in_whatever_order(place: Place, storage: str) -> None:
    counted(place, storage, PROGRAMS[storage])


@pytest.mark.slow
@pytest.mark.skipif(MINUTES not in os.environ, reason="`make soak` runs this for as many minutes as it is told")
def test_ever_other_programs_until_the_time_is_over(place: Place, storage: str) -> None:
    ends_at = monotonic() + float(os.environ[MINUTES]) * 60 / 2  # the other storage has the other half
    while monotonic() < ends_at:
        seed = randbits(32)
        print(f"{MANY} programs with seed {seed}")
        counted(place, storage, MANY, seed)


def counted(place: Place, storage: str, programs: int, seed: int | None = None) -> None:
    counts, losses = Counts(), dict.fromkeys(LOSSES, 0)
    try:
        run(place, counts, programs, seed=seed, shrinking=seed is not None)
    except Violation as violation:
        losses[violation.kind] += 1
        raise
    finally:
        tally("Model", storage, **asdict(counts), **{loss.replace(" ", "_"): of for loss, of in losses.items()})
