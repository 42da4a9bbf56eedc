"""Examples for the OpenAPI document."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example

from domain.booking.booking import BookingStatus
from domain.booking.booking_views import BookingView, ClientView
from domain.booking.errors import SlotTaken
from domain.connection.errors import ConnectionNeed, ConnectionNeeded
from domain.meeting.meeting_state import MeetingState, MeetingStatus

ANA = UUID("6f0f8a52-6a57-4d2b-9a0c-2f5f4f3d7a10")
EVA = UUID("0c9a3f3e-2f0b-4f7e-8a5d-6a7b8c9d0e1f")

FORM = {
    "consultant_id": str(ANA),
    "client_ids": [str(EVA)],
    "starts_at": "2027-03-29T09:00:00+02:00",
    "ends_at": "2027-03-29T09:50:00+02:00",
    "zone": "Europe/Ljubljana",
    "title": "First talk",
    "notes": "Bring the papers.",
    "online": True,
    "provider": "zoom",
}
MOVE = {"starts_at": "2027-03-29T11:00:00+02:00", "ends_at": "2027-03-29T11:50:00+02:00"}

BOOKING = BookingView(
    id=UUID("5a0d1c2b-3e4f-4a5b-8c6d-7e8f9a0b1c2d"),
    consultant_id=ANA,
    consultant="Ana Novak",
    clients=[ClientView(EVA, "Eva Bizjak", "eva.bizjak@example.org")],
    starts_at=datetime(2027, 3, 29, 7, tzinfo=UTC),
    ends_at=datetime(2027, 3, 29, 7, 50, tzinfo=UTC),
    zone="Europe/Ljubljana",
    title="First talk",
    notes="Bring the papers.",
    online=True,
    provider="zoom",
    status=BookingStatus.PLANNED,
    version=1,
    meeting=MeetingState(
        MeetingStatus.READY, None, "", None, None, "https://zoom.example/j/81234567890?pwd=example", 0, 0
    ),
)

SLOT_TAKEN = SlotTaken(consultant="Ana Novak", starts_at="2027-03-29T07:00:00Z", ends_at="2027-03-29T07:50:00Z")
CONNECTION_NEEDED = ConnectionNeeded(
    provider="zoom",
    label="Zoom",
    need=ConnectionNeed.NOT_CONNECTED,
    consultant_id=str(ANA),
    consultant="Ana Novak",
    connected=[{"id": str(EVA), "name": "Boris Kranjc"}],
    other_providers=[],
    authorize_address="https://zoom.example/oauth/authorize?response_type=code&client_id=…&state=…",
    draft_id="3c1d7a9e-5b2f-4e8a-9c6d-1f2e3d4c5b6a",
)


def shows(value: Any, description: str) -> ResponseSpec:
    """A successful response with this example."""
    example = Example(summary=description, value=msgspec.to_builtins(value))
    return ResponseSpec(type(value), generate_examples=False, description=description, examples=[example])
