"""Which cells run: all of them in the long part, a fixed choice in the quick one."""

from collections.abc import Iterator, Sequence

from tests.chaos.faults.cell import Cell
from tests.chaos.faults.faults import CALLS, DAILY_LIMIT, faults_of
from tests.chaos.faults.matrix import Slot

TIMES = (1, 2, 3)


def every_cell(slots: Sequence[Slot], kind: str) -> list[Cell]:
    every = (Cell(*slot, fault, times) for times in TIMES for slot in _of(slots, kind) for fault in faults_of(kind))
    return [cell for cell in every if _possible(cell)]


def quick(slots: Sequence[Slot], kind: str) -> list[Cell]:
    """Every fault of this call once, and once more several times in a row; every use case that makes it at least
    once."""
    return [cell for cell in dict.fromkeys(_quick(_of(slots, kind), kind)) if _possible(cell)]


def few(slots: Sequence[Slot], kind: str) -> list[Cell]:
    """Every third fault of this call in one use case, others for the next call, so that nearly all come up."""
    use_case, call = _of(slots, kind)[0]
    return [Cell(use_case, call, fault) for fault in faults_of(kind)[CALLS.index(kind) % 3 :: 3]]


def _quick(slots: Sequence[Slot], kind: str) -> Iterator[Cell]:
    faults = faults_of(kind)
    for at, fault in enumerate(faults):
        yield Cell(*slots[at % len(slots)], fault)
        yield Cell(*slots[(at * 7 + 3) % len(slots)], fault, times=TIMES[1 + at % 2])
    for at, slot in enumerate(slots):
        yield Cell(*slot, faults[at % len(faults)])


def _possible(cell: Cell) -> bool:
    """On the day before a session one midnight passes, not two."""
    return cell.times == 1 or cell.fault.name != DAILY_LIMIT or not cell.use_case.name.startswith("look before")


def _of(slots: Sequence[Slot], kind: str) -> list[Slot]:
    return [(use_case, call) for use_case, call in slots if call.kind == kind]
