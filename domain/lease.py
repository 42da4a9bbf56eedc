"""Who may act on something now, for a short while, over all processes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease: after `until` anybody may take over, because the holder must have died."""

    token: UUID
    until: datetime

    def holds(self, now: datetime) -> bool:
        return self.until > now
