"""The slot of a booking: two instants and the time zone in which people read them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import available_timezones

from domain.errors import Invalid
from domain.rule import Rule

LONGEST = timedelta(hours=24)
FIRST_YEAR, LAST_YEAR = 1970, 2199


@cache
def _zones() -> frozenset[str]:
    """Without the entries of the zone database that name no zone: this machine's own, and "not set"."""
    return frozenset(available_timezones()) - {"localtime", "Factory", "posixrules"}


def known_zone(zone: str, field: str = "zone") -> str:
    """The zone itself. Raises Invalid when the IANA database does not contain it."""
    if zone not in _zones():
        raise Invalid(field, Rule.NOT_A_TIME_ZONE, zone=zone)
    return zone


@dataclass(frozen=True, slots=True)
class Slot:
    """Aware instants, converted to UTC. At most 24 hours. Raises Invalid."""

    starts_at: datetime
    ends_at: datetime
    zone: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts_at", _instant("starts_at", self.starts_at))
        object.__setattr__(self, "ends_at", _instant("ends_at", self.ends_at))
        known_zone(self.zone)
        if self.ends_at <= self.starts_at:
            raise Invalid("ends_at", Rule.ENDS_BEFORE_START)
        if self.duration > LONGEST:
            raise Invalid("ends_at", Rule.SESSION_TOO_LONG, hours=LONGEST // timedelta(hours=1))

    @property
    def duration(self) -> timedelta:
        return self.ends_at - self.starts_at

    def begun(self, now: datetime) -> bool:
        return self.starts_at <= now

    def overlaps(self, other: "Slot") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def rfc3339(instant: datetime) -> str:
    """The format of instants in errors and responses: RFC 3339 in UTC, with Z."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _instant(field: str, value: datetime) -> datetime:
    if value.tzinfo is None:
        raise Invalid(field, Rule.NO_UTC_OFFSET)
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise Invalid(field, Rule.YEAR_OUT_OF_RANGE, first=FIRST_YEAR, last=LAST_YEAR)
    return value.astimezone(UTC)
