"""Orphaned meetings: they carry our marker and belong to no booking, after a late create or a lost removal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.errors import ProviderError
from domain.meeting.marker import markers_of
from domain.meeting.meeting import Meeting
from domain.provider_errors import TryLater

EVERY = timedelta(days=1)
BETWEEN_SIGHTINGS = timedelta(minutes=10)
_LONGEST_ROUND = timedelta(minutes=15)
_AFTER_A_LIMIT = timedelta(hours=1)
_MOST_REMEMBERED = 100
# A meeting that has begun, or begins soon, may have participants. A meeting that is over does no harm.
_HANDS_OFF = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class MarkedMeeting:
    """A meeting as the provider lists it: its id there, the marker that this deployment put into it, and its start,
    None when the host gave it no fixed time."""

    id: str
    marker: UUID
    starts_at: datetime | None

    def lies_ahead(self, now: datetime) -> bool:
        return self.starts_at is not None and self.starts_at > now + _HANDS_OFF

    def is_one_of(self, known: Iterable[Meeting]) -> bool:
        """Compares ids. A meeting without an answer yet has only its marker, and its booking finds it by that."""
        return any(one.id == self.id if one.heard else one.marker == self.marker for one in known)


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """`following` names the next page, None on the last one."""

    meetings: tuple[MarkedMeeting, ...]
    following: str | None


@dataclass(frozen=True, slots=True)
class OrphanedMeeting:
    """`booking_id` is the booking that created the meeting. It is None when no booking issued the marker, or when a
    booking still holds a meeting with the same marker: such an orphaned meeting is shown and never removed."""

    meeting: MarkedMeeting
    found_at: datetime
    booking_id: UUID | None = None

    def proved(self, now: datetime) -> bool:
        """Seen again after long enough that no create or removal can still be under way for it."""
        return self.found_at + BETWEEN_SIGHTINGS <= now

    def must_go(self, now: datetime) -> bool:
        return self.booking_id is not None and self.proved(now) and self.meeting.lies_ahead(now)


@dataclass(frozen=True, slots=True)
class OrphanSweep:
    """The orphan sweep of one host's account. `due_at` is the next sweep, None before the first one; `looked_at` is
    when the last one ended. `orphans` are those that the last sweep found; `removed` counts the removals of all
    sweeps."""

    due_at: datetime | None = None
    looked_at: datetime | None = None
    orphans: tuple[OrphanedMeeting, ...] = ()
    removed: int = 0

    def due(self, connected_at: datetime, now: datetime) -> bool:
        return (self.due_at or connected_at + EVERY) <= now

    def begun(self, now: datetime) -> "OrphanSweep":
        """Reserves the sweep for the longest time that it can take, after which another process may begin it."""
        return replace(self, due_at=now + _LONGEST_ROUND)

    def new_among(self, sighted: Iterable[MarkedMeeting]) -> tuple[MarkedMeeting, ...]:
        known = {orphan.meeting.id for orphan in self.orphans}
        return tuple(one for one in sighted if one.id not in known)

    def found(self, sighted: Iterable[MarkedMeeting], owners: Mapping[UUID, UUID], now: datetime) -> "OrphanSweep":
        """Forgets orphans that are gone, and schedules a second look at new ones soon. `owners` maps the markers of new
        orphans to bookings. An orphan without a booking at the first sighting keeps none: a booking that uses the
        marker later did not create this meeting."""
        before = {orphan.meeting.id: orphan for orphan in self.orphans}

        def orphan(one: MarkedMeeting) -> OrphanedMeeting:
            known = before.get(one.id)
            return replace(known, meeting=one) if known else OrphanedMeeting(one, now, owners.get(one.marker))

        orphans = tuple(map(orphan, sighted))[:_MOST_REMEMBERED]
        soon = any(one.booking_id and not one.proved(now) for one in orphans)
        return replace(self, due_at=now + (BETWEEN_SIGHTINGS if soon else EVERY), looked_at=now, orphans=orphans)

    def must_go(self, now: datetime) -> tuple[OrphanedMeeting, ...]:
        return tuple(orphan for orphan in self.orphans if orphan.must_go(now))

    def without(self, gone: OrphanedMeeting) -> "OrphanSweep":
        left = tuple(orphan for orphan in self.orphans if orphan.meeting.id != gone.meeting.id)
        return replace(self, orphans=left, removed=self.removed + 1)

    def spared(self, leased: OrphanedMeeting) -> "OrphanSweep":
        """A booking turned out to hold the meeting, or one with the same marker."""
        spared = (replace(one, booking_id=None) if one == leased else one for one in self.orphans)
        return replace(self, orphans=tuple(spared))

    def put_off(self, error: ProviderError, now: datetime) -> "OrphanSweep":
        """Delays the sweep: by an hour or more when the provider is down or limits calls, by a day after other
        errors."""
        if isinstance(error, TryLater):
            return replace(self, due_at=max(error.until or now, now + _AFTER_A_LIMIT))
        return replace(self, due_at=now + EVERY)


def orphans_among(
    marked: Iterable[MarkedMeeting], known: Iterable[Meeting], now: datetime
) -> tuple[MarkedMeeting, ...]:
    """The marked meetings ahead that are not in `known`, the bookings' meetings including pending removals."""
    meetings = tuple(known)
    ahead = (one for one in dict.fromkeys(marked) if one.lies_ahead(now))
    return tuple(one for one in ahead if not one.is_one_of(meetings))


def owners_of(
    orphans: Iterable[MarkedMeeting], known: Iterable[Meeting], creates: Mapping[UUID, int]
) -> dict[UUID, UUID]:
    """Maps each marker to the booking that issued it and gave it up. `creates` is the number of creates per booking. A
    marker that a known meeting carries too has no owner: the host may have copied the meeting, or a restored backup may
    have lost the record of its use."""
    sought = {one.marker for one in orphans} - {one.marker for one in known}
    issued = ((marker, booking_id) for booking_id, count in creates.items() for marker in markers_of(booking_id, count))
    return {marker: booking_id for marker, booking_id in issued if marker in sought}
