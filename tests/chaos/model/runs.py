"""Runs of the model: a short one with a fixed seed, and one with new seeds until the time is over."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import get_state_machine_test

from tests.chaos.model.machine import Calendar
from tests.chaos.model.place import Place
from tests.chaos.model.practice import Counts

STEPS = 40


def run(place: Place, counts: Counts, programs: int, *, seed: int | None = None, shrinking: bool = False) -> None:
    """Raises the violation that a program found, with the program. The programs are always the same, unless a seed is
    given. Shrinking makes the program small, and takes minutes."""
    phases = (Phase.generate, Phase.shrink) if shrinking else (Phase.generate,)
    chosen = settings(
        max_examples=programs,
        stateful_step_count=STEPS,
        derandomize=seed is None,
        database=None,
        deadline=None,
        print_blob=True,
        report_multiple_bugs=False,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    test = get_state_machine_test(lambda: Calendar(place, counts), settings=chosen)  # type: ignore[arg-type]
    if seed is not None:
        test._hypothesis_internal_use_seed = seed  # type: ignore[attr-defined]
    test()
