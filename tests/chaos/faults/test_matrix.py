"""Every fault of every call to Zoom, in every use case that makes the call.

One cell alone, by a part of its name:   TEST_CELL="reassign / create / reset after" pytest tests/chaos/faults
"""

import os
import random
import time
from collections.abc import AsyncIterator, Iterator, Sequence

import pytest
import pytest_asyncio

from demo.sandbox.run import SandboxProcess
from tests.app_on_sandbox import on_in_memory_storage, on_postgres_storage
from tests.chaos.faults.__main__ import MINUTES
from tests.chaos.faults.cell import Cell, Story
from tests.chaos.faults.faults import CALLS, faults_of
from tests.chaos.faults.matrix import Matrix, judged, opened, sandbox_of_many
from tests.chaos.faults.selection import every_cell, few, quick
from tests.chaos.faults.truth import KINDS
from tests.chaos.faults.use_cases import USE_CASES
from tests.database import DatabaseServer
from tests.tally import tally

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

CHUNK = 100
LONG = os.environ.get(MINUTES)
ONLY = os.environ.get("TEST_CELL", "")
STORAGES = 2


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    with sandbox_of_many() as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def in_memory(sandbox: SandboxProcess) -> AsyncIterator[Matrix]:
    async with opened(sandbox, on_in_memory_storage) as matrix:
        yield matrix


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def on_postgres(sandbox: SandboxProcess, database_server: DatabaseServer) -> AsyncIterator[Matrix]:
    async with opened(sandbox, on_postgres_storage(database_server), at_once=8) as matrix:
        yield matrix


@pytest.mark.parametrize("call", CALLS)
async def test_a_fault_in_any_use_case_is_survived(in_memory: Matrix, call: str) -> None:
    slots = await in_memory.slots()
    await _lived(in_memory, every_cell(slots, call) if LONG or ONLY else quick(slots, call))


@pytest.mark.parametrize("call", CALLS)
async def test_a_fault_is_survived_on_postgres(in_memory: Matrix, on_postgres: Matrix, call: str) -> None:
    slots = await in_memory.slots()
    await _lived(on_postgres, every_cell(slots, call) if LONG or ONLY else few(slots, call))


async def test_every_use_case_is_in_the_matrix(in_memory: Matrix) -> None:
    """A call that no use case makes, or a use case without calls, would be a gap."""
    slots = await in_memory.slots()
    assert {call.kind for _, call in slots} == set(CALLS)
    assert {use_case.name for use_case, _ in slots} == {use_case.name for use_case in USE_CASES}
    chosen = [cell for call in CALLS for cell in quick(slots, call)]
    assert {(cell.use_case, cell.call) for cell in chosen} == set(slots)
    assert {(cell.call.kind, cell.fault.name) for cell in chosen} == {
        (call, fault.name) for call in CALLS for fault in faults_of(call)
    }


async def _lived(matrix: Matrix, cells: Sequence[Cell]) -> None:
    """All cells; in the long part in random order, as many as the minutes allow."""
    chosen = [cell for cell in cells if ONLY in str(cell)]
    ends = time.monotonic() + float(LONG) * 60 / (len(CALLS) * STORAGES) if LONG else None
    if ends:
        random.shuffle(chosen)
    bad: list[str] = []
    for at in range(0, len(chosen), CHUNK):
        if ends and time.monotonic() > ends:
            break
        chunk = chosen[at : at + CHUNK]
        for cell, story in zip(chunk, await matrix.run(chunk), strict=True):
            bad += _counted(cell, story)
    assert not bad, f"{len(bad)} cells:\n" + "\n".join(bad)


def _counted(cell: Cell, story: Story) -> list[str]:
    verdict = judged(cell, story)
    counts = {
        "cells": 1,
        "survived": int(not verdict.bad and not story.needed),
        "needs_person": int(not verdict.bad and bool(story.needed)),
        **{kind: verdict.counts[kind] for kind in KINDS},
    }
    tally("Fault matrix", cell.call.kind, **counts)
    tally("Fault matrix by fault", cell.fault.name, **counts)
    if not verdict.bad:
        return []
    return [f"  {cell}\n{story}", *(f"    {line}" for line in verdict.lines if line not in story.verdict.lines)]
