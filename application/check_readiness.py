"""The readiness check: whether Calendra can serve requests now."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.ports.clock import Clock
from domain.ports.storage_check import StorageCheck

FRESH = timedelta(seconds=1)


@dataclass
class CheckReadiness:
    """Rules:

    - The storage is checked at most once a second, however many requests ask: each check opens connections of its own.
    - An answer comes from a check that began at most a second before the request, so a storage that goes away is
      reported within a second. Requests that come while a check runs share its answer.
    """

    storage: StorageCheck
    clock: Clock
    _checking: asyncio.Lock = field(default_factory=asyncio.Lock, init=False, repr=False)
    _said: str = field(default="", init=False)
    _begun: datetime | None = field(default=None, init=False)

    async def __call__(self) -> dict[str, str]:
        asked = self.clock.now()
        async with self._checking:
            now = self.clock.now()
            if self._begun is None or not asked - FRESH < self._begun <= now:
                self._said, self._begun = await self.storage(), now
            return {"database": self._said}
