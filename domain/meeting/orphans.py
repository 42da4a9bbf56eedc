"""Meetings in a host's account that carry our marker and that no booking knows: late creates, lost removals."""

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
# In one that begins soon, or has begun, somebody may be sitting. Once it is over it harms nobody.
_HANDS_OFF = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class MarkedMeeting:
    """As a provider lists it: its number there, the marker that this deployment put into it, and when it begins; None
    when its host gave it no fixed time."""

    id: str
    marker: UUID
    starts_at: datetime | None

    def lies_ahead(self, now: datetime) -> bool:
        return self.starts_at is not None and self.starts_at > now + _HANDS_OFF

    def is_one_of(self, known: Iterable[Meeting]) -> bool:
        """One that was not heard of yet is known by its marker alone, and its booking looks for it."""
        return any(one.id == self.id if one.heard else one.marker == self.marker for one in known)


@dataclass(frozen=True, slots=True)
class OrphanedMeeting:
    """`booking_id` is whose meeting it was; None when nobody here knows its marker, or when a booking still holds a
    meeting with the same one: such a orphaned meeting is shown and never touched."""

    meeting: MarkedMeeting
    found_at: datetime
    booking_id: UUID | None = None

    def proved(self, now: datetime) -> bool:
        """Seen again after so long that no create or removal can be under way for it."""
        return self.found_at + BETWEEN_SIGHTINGS <= now

    def must_go(self, now: datetime) -> bool:
        return self.booking_id is not None and self.proved(now) and self.meeting.lies_ahead(now)


@dataclass(frozen=True, slots=True)
class OrphanSweep:
    """Of one host's account. `due_at` is when it is looked through again, None when nobody has begun yet; `looked_at`
    is when it last was. `orphans` are those of that look, `removed` counts those that went since the beginning."""

    due_at: datetime | None = None
    looked_at: datetime | None = None
    orphans: tuple[OrphanedMeeting, ...] = ()
    removed: int = 0

    def due(self, connected_at: datetime, now: datetime) -> bool:
        return (self.due_at or connected_at + EVERY) <= now

    def begun(self, now: datetime) -> "OrphanSweep":
        """Nobody else begins until this round is surely over, and who dies in it holds it up no longer."""
        return replace(self, due_at=now + _LONGEST_ROUND)

    def new_among(self, sighted: Iterable[MarkedMeeting]) -> tuple[MarkedMeeting, ...]:
        known = {orphan.meeting.id for orphan in self.orphans}
        return tuple(one for one in sighted if one.id not in known)

    def found(self, sighted: Iterable[MarkedMeeting], owners: Mapping[UUID, UUID], now: datetime) -> "OrphanSweep":
        """What is not there any more is forgotten; what is new is looked for once more soon. `owners` names the
        booking for the markers of new ones. Who was not known at the first sight stays so: a marker that somebody
        uses later is not the one that was meant."""
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
        """A booking holds it after all, or one with the same marker."""
        spared = (replace(one, booking_id=None) if one == leased else one for one in self.orphans)
        return replace(self, orphans=tuple(spared))

    def put_off(self, error: ProviderError, now: datetime) -> "OrphanSweep":
        """An ill or limited provider is left in peace for a while, and whatever does not pass by itself for a day."""
        if isinstance(error, TryLater):
            return replace(self, due_at=max(error.until or now, now + _AFTER_A_LIMIT))
        return replace(self, due_at=now + EVERY)


def orphans_among(
    marked: Iterable[MarkedMeeting], known: Iterable[Meeting], now: datetime
) -> tuple[MarkedMeeting, ...]:
    """`known` are the meetings of bookings, pending removals included."""
    meetings = tuple(known)
    ahead = (one for one in dict.fromkeys(marked) if one.lies_ahead(now))
    return tuple(one for one in ahead if not one.is_one_of(meetings))


def owners_of(
    orphans: Iterable[MarkedMeeting], known: Iterable[Meeting], creates: Mapping[UUID, int]
) -> dict[UUID, UUID]:
    """Which of the bookings, each with the number of its creates, gave these markers up. One that a known meeting has
    as well is nobody's: its host may have made a copy, or a backup forgot who used it."""
    sought = {one.marker for one in orphans} - {one.marker for one in known}
    issued = ((marker, booking_id) for booking_id, count in creates.items() for marker in markers_of(booking_id, count))
    return {marker: booking_id for marker, booking_id in issued if marker in sought}
