"""What is read of bookings, for people: the rows, and the queries that select them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.booking.booking import BookingStatus
from domain.meeting.meeting_state import MeetingState


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
    meeting: MeetingState


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A consultant's planned online bookings at one provider that are not over, and how many of them are at risk."""

    consultant_id: UUID
    provider: str
    sessions: int
    at_risk: int
