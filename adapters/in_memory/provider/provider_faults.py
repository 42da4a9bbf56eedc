"""Failures on demand, before or after a call takes effect, and calls that pause until the test releases them."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from domain.errors import ProviderError

Result = TypeVar("Result")


@dataclass(slots=True)
class Hold:
    """A paused call: `reached` is set when the call arrives; the call continues after `release`."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        self.released.set()


@dataclass(frozen=True, slots=True)
class _Fault:
    error: ProviderError
    after_effect: bool


@dataclass(slots=True)
class ProviderFaults:
    """Operations: exchange, refresh, revoke, current_user, create, change, read, remove, look."""

    _faults: dict[str, deque[_Fault]] = field(default_factory=dict)
    _holds: dict[str, deque[Hold]] = field(default_factory=dict)
    _held_answers: dict[str, deque[Hold]] = field(default_factory=dict)

    def fail_next(self, operation: str, error: ProviderError, *, times: int = 1) -> None:
        """The next calls fail and change nothing."""
        self._faults.setdefault(operation, deque()).extend([_Fault(error, after_effect=False)] * times)

    def after_effect(self, operation: str, error: ProviderError, *, times: int = 1) -> None:
        """The next calls take effect, but the caller receives the error."""
        self._faults.setdefault(operation, deque()).extend([_Fault(error, after_effect=True)] * times)

    def hold_next(self, operation: str) -> Hold:
        """The next call pauses before it takes effect."""
        hold = Hold()
        self._holds.setdefault(operation, deque()).append(hold)
        return hold

    def hold_answer(self, operation: str) -> Hold:
        """The next call takes effect; its answer pauses until the test releases it."""
        hold = Hold()
        self._held_answers.setdefault(operation, deque()).append(hold)
        return hold

    def clear(self) -> None:
        self._faults.clear()
        self._holds.clear()
        self._held_answers.clear()

    async def during(self, operation: str, effect: Callable[[], Result]) -> Result:
        """Runs `effect` as the operation, together with the faults planned for it."""
        await asyncio.sleep(0)  # yields to other tasks, like a call over a network
        await _wait(self._holds.get(operation))
        planned = self._faults.get(operation)
        fault = planned.popleft() if planned else None
        if fault and not fault.after_effect:
            raise fault.error
        result = effect()
        await _wait(self._held_answers.get(operation))
        if fault:
            raise fault.error
        return result


async def _wait(held: deque[Hold] | None) -> None:
    if held:
        hold = held.popleft()
        hold.reached.set()
        await hold.released.wait()
