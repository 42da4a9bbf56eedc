"""Runs cells, many at once: each with storage of its own, and two people of its own at the stand-in."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from demo.sandbox.config import Person as ZoomPerson
from demo.sandbox.config import SandboxConfig
from demo.sandbox.run import SandboxProcess
from tests.app_on_sandbox import CALLBACK, AppOnSandbox, Open
from tests.chaos.faults.cell import Call, Cell, Story, lived, observed
from tests.chaos.faults.persons import allowed
from tests.chaos.faults.truth import Verdict
from tests.chaos.faults.use_cases import USE_CASES, UseCase

AT_ONCE = 24
TRIES = 4  # more for a cell whose calls got no answer for another reason
PEOPLE = 600  # two for each cell, until the stand-in is reset


def sandbox_of_many(**more: Any) -> SandboxProcess:
    return SandboxProcess(
        SandboxConfig(redirect_uris=(CALLBACK,), people=[_person(at) for at in range(PEOPLE)], **more)
    )


def _person(at: int) -> ZoomPerson:
    name = f"p{at:04}"
    return ZoomPerson(f"user-{name}", f"account-{name}", f"{name}@zoom.example", name, "Host", 5_000_000_000 + at)


Slot = tuple[UseCase, Call]


@dataclass
class Matrix:
    sandbox: SandboxProcess
    places: asyncio.Queue[AppOnSandbox] = field(default_factory=asyncio.Queue)
    _used: int = 0
    _slots: list[Slot] = field(default_factory=list)

    async def slots(self) -> list[Slot]:
        """Every call of every use case, observed once; they are the same with every storage."""
        if not self._slots:
            await self._reset()
            found = await asyncio.gather(*map(self._observe, USE_CASES))
            self._slots = [(one, call) for one, calls in zip(USE_CASES, found, strict=True) for call in calls]
        return self._slots

    async def _observe(self, use_case: UseCase) -> list[Call]:
        async with self._place() as (place, people):
            return await observed(place, people, use_case)

    async def run(self, cells: Sequence[Cell]) -> list[Story]:
        """In chunks, with an empty stand-in for each."""
        stories: list[Story] = []
        for at in range(0, len(cells), PEOPLE // 2):
            await self._reset()
            stories += await asyncio.gather(*map(self._live, cells[at : at + PEOPLE // 2]))
        for at, cell in enumerate(cells):
            for _ in range(TRIES):
                if not (stories[at].slow_machine and judged(cell, stories[at]).bad):
                    break
                await self._reset()
                stories[at] = await self._live(cell)
        return stories

    async def _live(self, cell: Cell) -> Story:
        async with self._place() as (place, people):
            try:
                return await lived(place, people, cell)
            except (AssertionError, httpx.HTTPError) as error:  # something before or after the fault failed
                story = Story(slow_machine=len(place.clients.asked) > place.clients.answered)
                story.verdict.note("stuck", f"it could not be lived to its end: {error!r}")
                return story

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[tuple[AppOnSandbox, tuple[ZoomPerson, ZoomPerson]]]:
        place = await self.places.get()
        if self._used + 2 > PEOPLE:
            raise RuntimeError("more cells than people")
        people = self.sandbox.config.people[self._used : self._used + 2]
        self._used += 2
        try:
            yield place, (people[0], people[1])
        finally:
            self.places.put_nowait(place)

    async def _reset(self) -> None:
        async with httpx.AsyncClient(base_url=self.sandbox.address, timeout=60) as http:
            (await http.post("/_sandbox/reset")).raise_for_status()
        self._used = 0


def judged(cell: Cell, story: Story) -> Verdict:
    """Includes what invalidates a cell, and actions of people that must not be necessary."""
    verdict = Verdict()
    verdict.add(story.verdict)
    if not story.hits and not verdict.bad:
        verdict.note("untrue", "the fault never struck: this cell shows nothing")
    if story.needed and not allowed(cell, story.needed):
        verdict.note("stuck", f"nobody but a person could go on: {story.needed}")
    return verdict


@asynccontextmanager
async def opened(sandbox: SandboxProcess, open_place: Open, at_once: int = AT_ONCE) -> AsyncIterator[Matrix]:
    async with AsyncExitStack() as stack:
        matrix = Matrix(sandbox)
        for _ in range(at_once):
            matrix.places.put_nowait(await stack.enter_async_context(open_place(sandbox)))
        yield matrix
