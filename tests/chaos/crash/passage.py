"""The steps of a request, recorded one by one, and the step at which this process ends."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Literal, cast

import msgspec

When = Literal["before", "during", "after"]

_UNDER_WAY = 0.08  # seconds into a call whose answer is held back longer


class Death(msgspec.Struct, frozen=True):
    """`step` counts from 0. `during` is for calls: the request has been sent, and no answer has arrived."""

    step: int
    when: When

    @classmethod
    def of(cls, step: str, when: str) -> "Death":
        """As `words` gives it."""
        return cls(int(step), cast(When, when))

    @property
    def words(self) -> tuple[str, str]:
        return str(self.step), self.when


class Passage:
    """Writes to `trace` first, so that the file survives the kill."""

    def __init__(self) -> None:
        self._trace = Path(os.devnull)
        self._death: Death | None = None
        self._steps = 0

    def begin(self, trace: Path, death: Death | None) -> None:
        self._trace = trace
        self._death = death

    def enter(self, name: str) -> int:
        step = self._steps
        self._steps += 1
        with self._trace.open("a") as trace:
            trace.write(f"{name}\n")
        if self._death == Death(step, "before"):
            _die()
        if self._death == Death(step, "during"):
            asyncio.get_running_loop().call_later(_UNDER_WAY, _die)
        return step

    def leave(self, step: int) -> None:
        if self._death == Death(step, "after"):
            _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
