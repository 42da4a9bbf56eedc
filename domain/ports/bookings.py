"""The repository of bookings."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.booking.booking import Booking
from domain.creation import Creation
from domain.lease import Lease
from domain.meeting.host import Host
from domain.meeting.meeting import Meeting
from domain.meeting.orphans import MarkedMeeting


class Bookings(Protocol):
    """Every method maintains the derived `due_at`; every commit notifies open pages of the changed bookings."""

    @abstractmethod
    async def add(self, booking: Booking, creation: Creation, *, now: datetime) -> Creation | None:
        """Stores the booking and its creation. When the creation's key was used before, stores neither and returns the
        earlier creation; a simultaneous repetition waits until the first one's unit of work ends. Raises SlotTaken,
        with the times of the neighbouring booking."""

    @abstractmethod
    async def to_change(self, organization_id: UUID, booking_id: UUID) -> Booking | None:
        """Locks the booking until this unit of work ends."""

    @abstractmethod
    async def save(self, booking: Booking, *, now: datetime) -> None:
        """Raises SlotTaken. Erases a finished booking for good, and the fingerprint of the request that created it."""

    @abstractmethod
    async def lease_due(self, lease: Lease, *, now: datetime, most: int) -> Sequence[tuple[UUID, UUID]]:
        """Leases bookings whose `due_at` has come and that no other process has leased. Organizations take turns, the
        one with the fewest leased bookings first; within one, the soonest start comes first, begun ones last.

        Returns (organization, booking). Until `lease.until` no other call leases them.
        """

    @abstractmethod
    async def of_host(self, host: Host, *, ending_after: datetime | None) -> Sequence[Booking]:
        """The bookings that want or hold a meeting of this host, pending removals included; locked."""

    @abstractmethod
    async def of_person(self, organization_id: UUID, host_id: UUID) -> Sequence[Booking]:
        """The same for this person at every provider, also at those that are no longer set up; locked."""

    @abstractmethod
    async def meetings_like(self, host: Host, marked: Sequence[MarkedMeeting]) -> Sequence[Meeting]:
        """The meetings of the host's bookings, pending removals included: at least every one with the id or the marker
        of one of `marked`."""

    @abstractmethod
    async def creates_of(self, host: Host) -> Mapping[UUID, int]:
        """The number of creates that each booking ever began, for bookings that used this host's account. For an erased
        booking the number is at least as large."""

    @abstractmethod
    async def of_client(self, organization_id: UUID, client_id: UUID) -> Sequence[Booking]:
        """All bookings of this client, ordered by id, deleted ones included; locked."""

    @abstractmethod
    async def coming(self, organization_id: UUID, *, now: datetime) -> Mapping[UUID, int]:
        """The number of planned bookings that are not over, by consultant; consultants without any are left out."""

    @abstractmethod
    async def any_booked(self, organization_id: UUID, *, online: bool) -> bool:
        """Whether there is any booking; with `online`, any whose meeting exists."""

    @abstractmethod
    async def of_meeting(self, provider: str, meeting_id: str) -> Booking | None:
        """The booking, in any organization, that this meeting of the provider serves; locked."""
