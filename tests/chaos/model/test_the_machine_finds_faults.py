"""The model finds faults that a programmer could make in the product."""

import pytest

from tests.chaos.model.conftest import IN_MEMORY
from tests.chaos.model.mutations import MUTATIONS, Mutation
from tests.chaos.model.place import Place
from tests.chaos.model.practice import Counts
from tests.chaos.model.runs import run
from tests.tally import tally

PROGRAMS = 150  # as many as the quick run has


@pytest.mark.slow
@pytest.mark.parametrize("storage", [IN_MEMORY])
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.name)
def test_a_deliberate_fault_is_found(mutation: Mutation, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    mutation.apply(monkeypatch)
    found = _found(place)
    tally("Model: deliberate faults", mutation.name, found=int(found), missed=int(not found))
    assert found


def _found(place: Place) -> bool:
    """Any error counts: a program that fails, and one that shows a wrong state."""
    try:
        run(place, Counts(), PROGRAMS)
    except Exception:  # noqa: BLE001 - see above
        return True
    return False
