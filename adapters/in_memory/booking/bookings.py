"""Bookings in memory."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from adapters.in_memory.state import State, StoredBooking
from domain.audit.entry import AuditEntry
from domain.booking.booking import Booking, BookingStatus
from domain.booking.errors import SlotTaken
from domain.creation import Creation
from domain.errors import NotFound, ObjectKind
from domain.lease import Lease
from domain.meeting.host import Host
from domain.meeting.meeting import Meeting
from domain.meeting.orphans import MarkedMeeting
from domain.ports.bookings import Bookings
from domain.slot import rfc3339


class InMemoryBookings(Bookings):
    def __init__(self, state: State) -> None:
        self._state = state
        self._bookings = state.bookings

    async def add(self, booking: Booking, creation: Creation, *, now: datetime) -> Creation | None:
        earlier = self._state.creations.get((creation.organization_id, creation.key))
        if earlier is None:
            self._put(booking, now)
            self._state.add_creation(creation)
        return earlier

    async def to_change(self, organization_id: UUID, booking_id: UUID) -> Booking | None:
        stored = self._bookings.get((organization_id, booking_id))
        return stored.booking if stored else None

    async def save(self, booking: Booking, *, now: datetime) -> None:
        if booking.finished:
            self._bookings.pop(_key(booking), None)
            self._state.erase_contents(booking.organization_id, [booking.id])
            return
        if _key(booking) not in self._bookings:
            raise NotFound(ObjectKind.SESSION)
        self._put(booking, now)

    async def lease_due(self, lease: Lease, *, now: datetime, most: int) -> Sequence[tuple[UUID, UUID]]:
        waiting = [(stored, key) for key, stored in self._bookings.items() if stored.due_at and stored.due_at <= now]
        starts = {key: stored.booking.details.slot.starts_at for stored, key in waiting}
        soonest_first = sorted(starts, key=lambda key: (starts[key] <= now, starts[key], key))
        turns = self._turns(soonest_first, now)
        due = sorted(soonest_first, key=lambda key: turns[key])[:most]
        for key in due:
            leased = replace(self._bookings[key].booking, lease=lease)
            self._bookings[key] = StoredBooking(leased, due_at=lease.until)
        return due

    def _turns(self, soonest_first: Sequence[tuple[UUID, UUID]], now: datetime) -> dict[tuple[UUID, UUID], int]:
        """The place of each due booking in its organization, behind the bookings that are leased already."""
        leases = ((key[0], stored.booking.lease) for key, stored in self._bookings.items())
        taken = Counter(organization_id for organization_id, lease in leases if lease and lease.holds(now))
        turns = {}
        for key in soonest_first:
            taken[key[0]] += 1
            turns[key] = taken[key[0]]
        return turns

    async def of_host(self, host: Host, *, ending_after: datetime | None) -> Sequence[Booking]:
        found = [
            stored.booking
            for (owner, _), stored in self._bookings.items()
            if owner == host.organization_id and (host.provider, host.consultant_id) in _hosts(stored.booking)
        ]
        kept = [one for one in found if ending_after is None or one.details.slot.ends_at > ending_after]
        return sorted(kept, key=lambda booking: (booking.details.slot.starts_at, booking.id))

    async def of_person(self, organization_id: UUID, host_id: UUID) -> Sequence[Booking]:
        everything = (one.booking for (owner, _), one in self._bookings.items() if owner == organization_id)
        found = [one for one in everything if any(host == host_id for _, host in _hosts(one))]
        return sorted(found, key=lambda booking: (booking.details.slot.starts_at, booking.id))

    async def meetings_like(self, host: Host, marked: Sequence[MarkedMeeting]) -> Sequence[Meeting]:
        ids, markers = {one.id for one in marked}, {one.marker for one in marked}
        bookings = await self.of_host(host, ending_after=None)
        meetings = (meeting for booking in bookings for meeting in booking.reconciliation.meetings)
        return [one for one in meetings if one.id in ids or one.marker in markers]

    async def creates_of(self, host: Host) -> Mapping[UUID, int]:
        return {
            subject_id: self._creates(host, subject_id, entries)
            for (owner, subject_id), entries in self._state.audit_log.items()
            if owner == host.organization_id and any(one.host == host for one in entries)
        }

    def _creates(self, host: Host, booking_id: UUID, entries: Sequence[AuditEntry]) -> int:
        stored = self._bookings.get((host.organization_id, booking_id))
        return stored.booking.reconciliation.markers if stored else sum(one.of_a_create for one in entries)

    async def of_client(self, organization_id: UUID, client_id: UUID) -> Sequence[Booking]:
        here = (stored.booking for (owner, _), stored in self._bookings.items() if owner == organization_id)
        return sorted((one for one in here if client_id in one.details.client_ids), key=lambda booking: booking.id)

    async def coming(self, organization_id: UUID, *, now: datetime) -> Mapping[UUID, int]:
        here = (stored.booking for (owner, _), stored in self._bookings.items() if owner == organization_id)
        planned = (one for one in here if one.status is BookingStatus.PLANNED and one.details.slot.ends_at > now)
        return Counter(one.details.consultant_id for one in planned)

    async def any_booked(self, organization_id: UUID, *, online: bool) -> bool:
        here = (stored.booking for (owner, _), stored in self._bookings.items() if owner == organization_id)
        return any(one.reconciliation.meeting is not None or not online for one in here)

    async def of_meeting(self, provider: str, meeting_id: str) -> Booking | None:
        everybody = (stored.booking for stored in self._bookings.values())
        serving = ((one, one.reconciliation.meeting) for one in everybody)
        return next((one for one, it in serving if it and (it.provider, it.id) == (provider, meeting_id)), None)

    def _put(self, booking: Booking, now: datetime) -> None:
        details = booking.details
        self._state.must_have_account(booking.organization_id, details.consultant_id, ObjectKind.CONSULTANT)
        self._state.must_have_clients(booking.organization_id, details.client_ids)
        self._must_be_free(booking)
        self._bookings[_key(booking)] = StoredBooking(booking, booking.due_at(now))

    def _must_be_free(self, booking: Booking) -> None:
        if booking.status is not BookingStatus.PLANNED:
            return
        others = (stored.booking for key, stored in self._bookings.items() if key != _key(booking))
        overlap_finder = [other.details.slot for other in others if _collide(booking, other)]
        if overlap_finder:
            first = min(overlap_finder, key=lambda slot: slot.starts_at)
            stored = self._state.accounts[(booking.organization_id, booking.details.consultant_id)]
            raise SlotTaken(
                consultant=stored.account.name, starts_at=rfc3339(first.starts_at), ends_at=rfc3339(first.ends_at)
            )


def _key(booking: Booking) -> tuple[UUID, UUID]:
    return booking.organization_id, booking.id


def _collide(booking: Booking, other: Booking) -> bool:
    return (
        other.status is BookingStatus.PLANNED
        and (other.organization_id, other.details.consultant_id)
        == (booking.organization_id, booking.details.consultant_id)
        and other.details.slot.overlaps(booking.details.slot)
    )


def _hosts(booking: Booking) -> set[tuple[str, UUID]]:
    meetings = [left.meeting for left in booking.reconciliation.pending_removals]
    wanted = [part for part in (booking.desired, booking.reconciliation.meeting) if part]
    return {(part.provider, part.host_id) for part in [*wanted, *meetings]}
