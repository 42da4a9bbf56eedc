"""The order in which steps that were leased together acquire the rate limit."""

import asyncio
import contextlib
from collections.abc import Iterator

_LONGEST = 5.0  # seconds, on a busy machine; transactions that lock a booking are far shorter


class Line:
    """One place in the line: `await line.reached()`, acquire, `line.leave()`."""

    def __init__(self, before: "Line | None" = None) -> None:
        self._left = asyncio.Event()
        self._before: asyncio.Event | None = before._left if before else None

    async def reached(self) -> None:
        """Returns when the place before has acquired, or has nothing to acquire."""
        if self._before:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._before.wait(), _LONGEST)

    def leave(self) -> None:
        self._left.set()

    @contextlib.contextmanager
    def leaving(self) -> Iterator[None]:
        try:
            yield
        finally:
            self.leave()
