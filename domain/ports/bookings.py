"""The repository of bookings, and their read side."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from domain.booking.booking import Booking, BookingStatus
from domain.lease import Lease
from domain.meeting.host import Host
from domain.meeting.meeting import Meeting
from domain.meeting.meeting_state import MeetingStatus, StuckMeeting
from domain.meeting.orphans import MarkedMeeting
from domain.meeting.verification import Difference


class Bookings(Protocol):
    """Every method maintains the derived `due_at`; every commit notifies open pages of the changed bookings."""

    @abstractmethod
    async def add(self, booking: Booking, *, now: datetime) -> None:
        """Raises SlotTaken (with the times of the neighbouring booking), or AlreadyStored when the id exists."""

    @abstractmethod
    async def to_change(self, organization_id: UUID, booking_id: UUID) -> Booking | None:
        """Locks the booking until this unit of work ends."""

    @abstractmethod
    async def save(self, booking: Booking, *, now: datetime) -> None:
        """Raises SlotTaken. Erases a finished booking for good."""

    @abstractmethod
    async def lease_due(self, lease: Lease, *, now: datetime, most: int) -> Sequence[tuple[UUID, UUID]]:
        """Leases bookings whose `due_at` has come and that no other process has leased: the soonest start first, begun
        ones last.

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


class AlreadyStored(Exception):
    """The booking's id exists: the request is a repetition."""


class Only(StrEnum):
    """Restricts a query. A booking at risk is planned, online and not over, and its meeting is not ready, its
    consultant is not connected at its provider, or the consultant's plan there ends the meeting before its end."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    ONLINE = "online"  # and planned
    AT_RISK = "at_risk"


@dataclass(frozen=True, slots=True)
class BookingQuery:
    """Bookings that overlap [`starts_from`, `starts_before`), oldest first. `consultant_id` None: all consultants.

    Each word of `text` has to occur in the title, the notes, the consultant's name, or the clients' names, addresses
    and numbers; accents, case and kinds of apostrophes are ignored. `after` is the last booking of the previous page.
    `now` decides which bookings are over; without it no booking is at risk.
    """

    starts_from: datetime
    starts_before: datetime
    consultant_id: UUID | None = None
    text: str = ""
    after: tuple[datetime, UUID] | None = None
    most: int = 50
    descending: bool = False
    only: Only | None = None
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClientSessions:
    """Bookings with this client, cancelled ones included: `past` ones, newest first, or those that are not over,
    soonest first. `consultant_id` None: all consultants. `after` is the last booking of the previous page."""

    client_id: UUID
    now: datetime
    past: bool
    consultant_id: UUID | None = None
    after: tuple[datetime, UUID] | None = None
    most: int = 50


@dataclass(frozen=True, slots=True)
class ClientView:
    id: UUID
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """`reason` is a stable word; `until` the next retry.

    `waits_for` is the consultant who has to connect; `removing` counts pending removals, `stuck` those of them that
    need a person. `verified_at` is when the provider last confirmed the meeting, `differs` what its host changed there:
    moved, resized, renamed. `link_changed_at` is when the present link replaced one that clients may still have, None
    once a person has acknowledged that; `link_change_reason` says why: vanished, disconnected, other_account, provider.
    A ready meeting with the `reason` other_account is in an account that is no longer connected; `detail` is the
    account's e-mail address, when known.
    """

    status: MeetingStatus
    reason: str
    detail: str
    until: datetime | None
    waits_for: UUID | None
    join_link: str | None
    removing: int
    stuck: int
    verified_at: datetime | None = None
    differs: tuple[Difference, ...] = ()
    link_changed_at: datetime | None = None
    link_change_reason: str = ""
    stuck_meetings: tuple[StuckMeeting, ...] = ()


@dataclass(frozen=True, slots=True)
class BookingView:
    id: UUID
    consultant_id: UUID
    consultant: str
    clients: list[ClientView]
    starts_at: datetime
    ends_at: datetime
    zone: str
    title: str
    notes: str
    online: bool
    provider: str | None
    status: BookingStatus
    version: int
    meeting: MeetingView


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A consultant's planned online bookings at one provider that are not over, and how many of them are at risk."""

    consultant_id: UUID
    provider: str
    sessions: int
    at_risk: int


class BookingViews(Protocol):
    """The read side of the calendar: one round trip per query, outside any unit of work."""

    @abstractmethod
    async def one(self, organization_id: UUID, booking_id: UUID) -> BookingView | None: ...

    @abstractmethod
    async def page(self, organization_id: UUID, query: BookingQuery) -> Sequence[BookingView]: ...

    @abstractmethod
    async def of_client(self, organization_id: UUID, query: ClientSessions) -> Sequence[BookingView]: ...

    @abstractmethod
    async def upcoming(self, organization_id: UUID, *, now: datetime) -> Sequence[Upcoming]:
        """One for each consultant and provider that have any, in any order."""
