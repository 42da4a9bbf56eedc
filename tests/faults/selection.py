"""Which cells are lived: all of them in the long part, in the quick one a fixed choice."""

from collections.abc import Iterator, Sequence

from tests.faults.cell import Cell
from tests.faults.faults import faults_of
from tests.faults.matrix import Slot

TIMES = (1, 2, 3)


def every_cell(slots: Sequence[Slot], kind: str) -> list[Cell]:
    return [
        Cell(use_case, call, fault, times)
        for times in TIMES
        for use_case, call in _of(slots, kind)
        for fault in faults_of(kind)
    ]


def quick(slots: Sequence[Slot], kind: str) -> list[Cell]:
    """Every fault of this call once, and once more several times in a row; every use case that makes it at least
    once."""
    return list(dict.fromkeys(_quick(_of(slots, kind), kind)))


def one_use_case(slots: Sequence[Slot], kind: str) -> list[Cell]:
    """Every fault of this call in one use case."""
    use_case, call = _of(slots, kind)[0]
    return [Cell(use_case, call, fault) for fault in faults_of(kind)]


def _quick(slots: Sequence[Slot], kind: str) -> Iterator[Cell]:
    faults = faults_of(kind)
    for at, fault in enumerate(faults):
        yield Cell(*slots[at % len(slots)], fault)
        yield Cell(*slots[(at * 7 + 3) % len(slots)], fault, times=TIMES[1 + at % 2])
    for at, slot in enumerate(slots):
        yield Cell(*slot, faults[at % len(faults)])


def _of(slots: Sequence[Slot], kind: str) -> list[Slot]:
    return [(use_case, call) for use_case, call in slots if call.kind == kind]
