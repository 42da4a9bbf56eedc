"""Bookings as the use cases change them, and as people see them."""

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
    """Every method keeps the derived `due_at`; every change is announced to open pages when it commits."""

    @abstractmethod
    async def add(self, booking: Booking, *, now: datetime) -> None:
        """Raises SlotTaken (naming the neighbour's times), or AlreadyStored when the id exists."""

    @abstractmethod
    async def to_change(self, organization_id: UUID, booking_id: UUID) -> Booking | None:
        """Nobody else changes it until this unit of work ends."""

    @abstractmethod
    async def save(self, booking: Booking, *, now: datetime) -> None:
        """Raises SlotTaken. A finished booking is erased for good."""

    @abstractmethod
    async def lease_due(self, lease: Lease, *, now: datetime, most: int) -> Sequence[tuple[UUID, UUID]]:
        """Leases bookings whose `due_at` has come, skipping those that others hold: the soonest session first, and
        those that have begun last.

        Answers (organization, booking). Until `lease.until` nobody else gets them.
        """

    @abstractmethod
    async def of_host(
        self, organization_id: UUID, host_id: UUID, provider: str, *, ending_after: datetime | None
    ) -> Sequence[Booking]:
        """To change: those that want or hold a meeting of this host at this provider, pending removals included."""

    @abstractmethod
    async def meetings_like(self, host: Host, marked: Sequence[MarkedMeeting]) -> Sequence[Meeting]:
        """Of the host's bookings, pending removals included: at least every meeting with the number or the marker of one of
        these."""

    @abstractmethod
    async def creates_of(self, host: Host) -> Mapping[UUID, int]:
        """How many creates each booking began that ever asked this host's account for anything. Of one that was
        erased since, no fewer than it began."""

    @abstractmethod
    async def of_client(self, organization_id: UUID, client_id: UUID) -> Sequence[Booking]:
        """To change: all that this client is invited to, ordered by id; deleted ones too."""

    @abstractmethod
    async def coming(self, organization_id: UUID, *, now: datetime) -> Mapping[UUID, int]:
        """How many planned sessions that are not over each consultant has; only those who have any."""

    @abstractmethod
    async def any_booked(self, organization_id: UUID, *, online: bool) -> bool:
        """Whether there is any session; `online`: one whose meeting is there."""

    @abstractmethod
    async def of_meeting(self, provider: str, meeting_id: str) -> Booking | None:
        """To change: the one, in any organization, that this meeting of the provider serves."""


class AlreadyStored(Exception):
    """The booking's id exists: the same request came twice."""


class Only(StrEnum):
    """Which sessions are meant. Those at risk are planned, online and not over, and their meeting is not ready,
    their consultant is not connected at their provider, or the consultant's plan there ends it before its end."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    ONLINE = "online"  # and planned
    AT_RISK = "at_risk"


@dataclass(frozen=True, slots=True)
class BookingQuery:
    """Overlapping [`starts_from`, `starts_before`), oldest first. `consultant_id` None means everybody's.

    Each word of `text` is looked for in title, notes, the consultant's name, and clients' names, addresses and numbers;
    accents, case and kinds of apostrophes do not count. `after` is the last booking of the page
    before. `now` tells what is over; without it nothing is at risk.
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
    """Those with this client, cancelled ones too: `past` ones, newest first, or those that are not over, soonest
    first. `consultant_id` None means everybody's. `after` is the last one of the page before."""

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
    """`reason` is a stable word; `until` the next try.

    `waits_for` is the consultant who has to connect; `removing` counts meetings on their way out, `stuck` those
    of them that need help. `verified_at` is when the provider last confirmed the meeting, `differs` what its host
    changed there: moved, resized, renamed. `link_changed_at` is when the present link replaced one that clients may
    still hold, None once a person has noted that; `link_change_reason` says why: vanished, disconnected,
    other_account, provider. A ready meeting whose `reason` is other_account lies in an account that is not connected
    any more; `detail` is its e-mail address there, where it is remembered.
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
    """A consultant's planned online sessions at one provider that are not over, and how many of them are at risk."""

    consultant_id: UUID
    provider: str
    sessions: int
    at_risk: int


class BookingViews(Protocol):
    """The calendar's read side: one round trip a question, outside any unit of work."""

    @abstractmethod
    async def one(self, organization_id: UUID, booking_id: UUID) -> BookingView | None: ...

    @abstractmethod
    async def page(self, organization_id: UUID, query: BookingQuery) -> Sequence[BookingView]: ...

    @abstractmethod
    async def of_client(self, organization_id: UUID, query: ClientSessions) -> Sequence[BookingView]: ...

    @abstractmethod
    async def upcoming(self, organization_id: UUID, *, now: datetime) -> Sequence[Upcoming]:
        """One for each consultant and provider that have any, in any order."""
