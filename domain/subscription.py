"""One reader of the change feed, with a bounded queue of unread changes."""

import asyncio
from typing import Self

from domain.change import Changed

_MOST_UNREAD = 1000  # older ones are dropped: a reader that far behind reloads everything anyway


class Subscription:
    """Ends when the feed is closed. The feed holds only a weak reference to its readers."""

    def __init__(self) -> None:
        self._unread: asyncio.Queue[Changed | None] = asyncio.Queue(_MOST_UNREAD)
        self._ended = False

    def tell(self, changed: Changed | None) -> None:
        """None ends the subscription."""
        if self._unread.full():
            self._unread.get_nowait()
        self._unread.put_nowait(changed)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Changed:
        changed = None if self._ended else await self._unread.get()
        if changed is None:
            self._ended = True
            raise StopAsyncIteration
        return changed
