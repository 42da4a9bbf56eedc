"""Failures on demand, before or after a call takes effect, and calls that pause until the test releases them."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from adapters.in_memory.provider.fault import Fault

Result = TypeVar("Result")
ANY = "*"


@dataclass(slots=True)
class Hold:
    """A paused call: `reached` is set when the call arrives; the call continues after `release`."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        self.released.set()


@dataclass(slots=True)
class _Armed:
    operation: str
    error: Callable[[], BaseException]
    after: bool
    times: int | None


@dataclass(slots=True)
class ProviderFaults:
    """Operations: exchange, refresh, revoke, current_user, create, change, read, remove, find, or * for all of them."""

    _armed: list[_Armed] = field(default_factory=list)
    _holds: dict[tuple[str, Fault], deque[Hold]] = field(default_factory=dict)

    def fail(self, operation: str, error: Callable[[], BaseException], *, after: bool, times: int | None) -> None:
        """The next calls fail: before they have an effect, or after it. `times` None: until cleared."""
        self._armed.append(_Armed(operation, error, after, times))

    def hold_next(self, operation: str) -> Hold:
        """The next call is SLOW: it pauses before it takes effect."""
        return self._hold(operation, Fault.SLOW)

    def hold_answer(self, operation: str) -> Hold:
        """The next call is answered LATE: it takes effect, and its answer pauses until the test releases it."""
        return self._hold(operation, Fault.LATE)

    def _hold(self, operation: str, how: Fault) -> Hold:
        hold = Hold()
        self._holds.setdefault((operation, how), deque()).append(hold)
        return hold

    def clear(self, operation: str | None = None) -> None:
        """Of this operation, or altogether."""
        self._armed = [one for one in self._armed if operation not in (None, one.operation)]
        self._holds = {key: held for key, held in self._holds.items() if operation not in (None, key[0])}

    async def during(self, operation: str, effect: Callable[[], Result]) -> Result:
        """Runs `effect` as the operation, together with the faults planned for it."""
        await asyncio.sleep(0)  # yields to other tasks, like a call over a network
        await self._wait(operation, Fault.SLOW)
        fault = self._take(operation)
        if fault and not fault.after:
            raise fault.error()
        result = effect()
        await self._wait(operation, Fault.LATE)
        if fault:
            raise fault.error()
        return result

    def _take(self, operation: str) -> _Armed | None:
        """The first fault that matches this call."""
        fault = next((one for one in self._armed if one.operation in (operation, ANY)), None)
        if fault and fault.times is not None:
            fault.times -= 1
            if not fault.times:
                self._armed.remove(fault)
        return fault

    async def _wait(self, operation: str, how: Fault) -> None:
        if held := self._holds.get((operation, how)):
            hold = held.popleft()
            hold.reached.set()
            await hold.released.wait()
