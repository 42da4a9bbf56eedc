"""A clock that stands still until a test moves it."""

from datetime import datetime, timedelta

from domain.ports.clock import Clock


class MovableClock(Clock):
    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> None:
        self._now += by

    def move_to(self, moment: datetime) -> None:
        self._now = moment
