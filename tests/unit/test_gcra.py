"""GCRA: a burst, then one attempt per interval; a refused attempt changes nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.accounts.gcra import NO_WAIT, GcraLimit, GcraState, Quota, key_of
from tests.builders import NOW

SECOND = timedelta(seconds=1)
PACE = GcraLimit(3, 10 * SECOND)
FRESH = Quota(GcraState(b"here"), PACE)


def spent(states: int, *, now: datetime = NOW) -> Quota:
    allowance = FRESH
    for _ in range(states):
        assert allowance.wait(now=now) == NO_WAIT
        allowance = allowance.counted(now=now)
    return allowance


def test_so_many_at_once_and_then_one_after_each_pause() -> None:
    allowance = spent(3)
    for number in range(5):
        now = NOW + number * PACE.interval
        assert allowance.wait(now=now) == PACE.interval
        assert allowance.wait(now=now + 4 * SECOND) == 6 * SECOND
        allowance = allowance.counted(now=now + PACE.interval)


def test_time_gives_all_tries_back() -> None:
    later = NOW + PACE.longest
    assert spent(3).wait(now=later) == NO_WAIT
    allowance = spent(3)
    for _ in range(3):
        assert allowance.wait(now=later) == NO_WAIT
        allowance = allowance.counted(now=later)
    assert allowance.wait(now=later) == PACE.interval


def test_a_try_that_is_given_back_can_be_made_again_and_no_more() -> None:
    allowance = spent(3).refunded()
    assert allowance.wait(now=NOW) == NO_WAIT
    assert allowance.counted(now=NOW).wait(now=NOW) == PACE.interval
    assert FRESH.refunded() == FRESH


def test_whatever_is_counted_is_forgotten_in_bounded_time() -> None:
    allowance = FRESH
    for _ in range(10_000):
        allowance = allowance.counted(now=NOW)
    assert allowance.wait(now=NOW) == PACE.interval
    assert allowance.wait(now=NOW + PACE.longest) == NO_WAIT


def test_a_turn_that_is_kept_is_one_turn() -> None:
    kept = FRESH.next_in(4 * SECOND, now=NOW)
    assert kept.wait(now=NOW) == 4 * SECOND
    then = NOW + 4 * SECOND
    assert kept.wait(now=then) == NO_WAIT
    assert kept.counted(now=then).wait(now=then) == PACE.interval


def test_only_tries_of_the_same_place_are_remembered() -> None:
    known = replace(FRESH.state, forgotten_at=NOW)
    assert FRESH.remembering({b"here": known}).state == known
    assert FRESH.remembering({b"there": replace(known, key=b"there")}) == FRESH


@pytest.mark.parametrize(
    ("one", "other"),
    [(("a", "b", "c"), ("a", "c", "b")), (("a", "bc"), ("a", "b", "c")), (("network", "x"), ("address", "x"))],
)
def test_places_are_told_apart(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert key_of(*one) != key_of(*other)
    assert key_of(*one) == key_of(*one)
    assert not any(part.encode() in key_of(*one) for part in one if len(part) > 1)


def test_a_place_can_have_any_text() -> None:
    assert len(key_of("address", "\ud800č\0")) == 32
