"""The system clock."""

from datetime import UTC, datetime

from domain.ports.clock import Clock


class SystemClock(Clock):
    def now(self) -> datetime:
        return datetime.now(UTC)
