"""The session form in the API."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar.enums import RequestEncodingType
from litestar.openapi.spec import Example
from litestar.params import BodyKwarg

from domain.booking.booking import BookingDetails
from domain.booking.booking_views import BookingView
from domain.booking.edits import Edits
from domain.meeting.link_change import Acknowledgement
from domain.slot import Slot
from entrypoints.http.examples import FORM, MOVE


class BookingForm(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A new session. Times carry their offset from UTC; `zone` is the IANA time zone of the session.

    `provider` is required if `online` is true, and not allowed otherwise.
    """

    consultant_id: UUID
    client_ids: list[UUID]
    starts_at: datetime
    ends_at: datetime
    zone: str
    title: str = ""
    notes: str = ""
    online: bool = False
    provider: str | None = None

    def details(self) -> BookingDetails:
        return BookingDetails(
            self.consultant_id,
            tuple(self.client_ids),
            Slot(self.starts_at, self.ends_at, self.zone),
            self.title,
            self.notes,
            self.online,
            self.provider,
        )


class LinkChangeAcknowledgement(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """`changed_at` is the value of the session's `meeting.link_changed_at` that the person saw."""

    changed_at: datetime
    how: Acknowledgement = Acknowledgement.DISMISSED


class BookingEdit(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Contains only the fields to change. If `online` becomes false, the provider is cleared."""

    consultant_id: UUID | None = None
    client_ids: list[UUID] | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    zone: str | None = None
    title: str | None = None
    notes: str | None = None
    online: bool | None = None
    provider: str | None = None

    def edits(self) -> Edits:
        return Edits(
            self.consultant_id,
            None if self.client_ids is None else tuple(self.client_ids),
            self.starts_at,
            self.ends_at,
            self.zone,
            self.title,
            self.notes,
            self.online,
            self.provider,
        )


class BookingPage(msgspec.Struct):
    """`next` is the cursor of the next page, null on the last page."""

    items: list[BookingView]
    next: str | None


BookingFormBody = Annotated[
    BookingForm, BodyKwarg(media_type=RequestEncodingType.JSON, examples=[Example(summary="Online", value=FORM)])
]
BookingEditBody = Annotated[
    BookingEdit, BodyKwarg(media_type=RequestEncodingType.JSON, examples=[Example(summary="Move", value=MOVE)])
]
