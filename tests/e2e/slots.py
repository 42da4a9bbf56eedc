"""Times for the tests: in a week of their own, as forms and calendars write them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Ljubljana")
WEEKS_AHEAD = 2  # the demo's own sessions are next week


def today() -> date:
    return datetime.now(ZONE).date()


def own_week() -> date:
    """Its Monday."""
    return today() + timedelta(days=7 * WEEKS_AHEAD - today().weekday())


@dataclass(frozen=True)
class Slot:
    """A time on a day by the practice's clocks."""

    day: date
    start: time
    minutes: int = 50

    @classmethod
    def of(cls, weekday: int, start: str, minutes: int = 50) -> Self:
        """`weekday` 0 is the Monday of the tests' own week."""
        return cls(own_week() + timedelta(days=weekday), time.fromisoformat(start), minutes)

    def later(self, *, days: int = 0, minutes: int = 0, longer: int = 0) -> "Slot":
        start = datetime.combine(self.day, self.start) + timedelta(days=days, minutes=minutes)
        return Slot(start.date(), start.time(), self.minutes + longer)

    @property
    def end(self) -> time:
        return (datetime.combine(self.day, self.start) + timedelta(minutes=self.minutes)).time()

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.start, ZONE).astimezone(UTC)

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.day, self.end, ZONE).astimezone(UTC)

    @property
    def date_text(self) -> str:
        """As the form writes it: 7 Dec 2026."""
        return f"{self.day.day} {self.day:%b %Y}"

    @property
    def column(self) -> str:
        """As the calendar names a day: 7 December 2026."""
        return f"{self.day.day} {self.day:%B %Y}"

    @property
    def start_text(self) -> str:
        return f"{self.start:%H:%M}"

    @property
    def end_text(self) -> str:
        return f"{self.end:%H:%M}"

    @property
    def hours(self) -> str:
        """As the calendar draws it on a session."""
        return f"{self.start_text}–{self.end_text}"


def next_spring_change() -> date:
    """The last Sunday of the next March, when the clocks of Ljubljana jump from two to three."""
    year = today().year + (today() >= date(today().year, 3, 20))
    last = date(year, 3, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def next_autumn_change() -> date:
    """The last Sunday of the next October, when the clocks of Ljubljana go back from three to two."""
    year = today().year + (today() >= date(today().year, 10, 20))
    last = date(year, 10, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
