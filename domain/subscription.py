"""One reader of the news: what it has not read yet, bounded."""

import asyncio
from typing import Self

from domain.ports.changes import Changed

_MOST_UNREAD = 1000  # the oldest news are dropped: whoever is that late reads everything again anyway


class Subscription:
    """Ends when the feed is closed; whoever stops reading is forgotten with it."""

    def __init__(self) -> None:
        self._unread: asyncio.Queue[Changed | None] = asyncio.Queue(_MOST_UNREAD)
        self._ended = False

    def tell(self, changed: Changed | None) -> None:
        """None says that there will be no more."""
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
