"""The order in which steps that were leased together ask for their turns."""

import asyncio
import contextlib
from collections.abc import Iterator

_LONGEST = 5.0  # seconds, on a busy machine; transactions that hold a booking up are far shorter


class Line:
    """A place in it: `await line.reached()`, ask, `line.leave()`."""

    def __init__(self, before: "Line | None" = None) -> None:
        self._left = asyncio.Event()
        self._before: asyncio.Event | None = before._left if before else None

    async def reached(self) -> None:
        """Returns when the one before has asked, or has nothing to ask."""
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
