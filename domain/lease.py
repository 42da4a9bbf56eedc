"""A lease: the exclusive right to act on an object for a short time, across all processes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Lease:
    """After `until` any process may take over: the holder has died."""

    token: UUID
    until: datetime

    def holds(self, now: datetime) -> bool:
        return self.until > now
