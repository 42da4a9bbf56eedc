"""Converts a booking to a row and back."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row

from adapters.postgres.engine.sanitize import storable
from adapters.postgres.meeting.reconciliation_structs import ReconciliationStruct
from domain.booking.booking import Booking, BookingDetails, BookingStatus
from domain.lease import Lease
from domain.meeting.meeting_state import MeetingState
from domain.meeting.reconciliation import Reconciliation
from domain.naming import search_key
from domain.slot import Slot

_reconciliation = msgspec.json.Decoder(ReconciliationStruct)


def to_row(booking: Booking, now: datetime) -> dict[str, Any]:
    details, lease = booking.details, booking.lease
    return {
        "organization_id": booking.organization_id,
        "id": booking.id,
        "consultant_id": details.consultant_id,
        "client_ids": list(details.client_ids),
        "starts_at": details.slot.starts_at,
        "ends_at": details.slot.ends_at,
        "zone": details.slot.zone,
        "title": details.title,
        "notes": details.notes,
        "online": details.online,
        "provider": details.provider,
        "status": booking.status.value,
        "version": booking.version,
        "reconciliation": ReconciliationStruct.of(booking.reconciliation),
        "meeting": _meeting_state(booking),
        "hosts": _hosts(booking),
        "due_at": booking.due_at(now),
        "lease_token": lease and lease.token,
        "lease_until": lease and lease.until,
        "search_key": search_key(details.title, details.notes),
    }


def to_booking(row: Row[Any]) -> Booking:
    details = BookingDetails(
        consultant_id=row.consultant_id,
        client_ids=tuple(row.client_ids),
        slot=Slot(row.starts_at, row.ends_at, row.zone),
        title=row.title,
        notes=row.notes,
        online=row.online,
        provider=row.provider,
    )
    return Booking(
        organization_id=row.organization_id,
        id=row.id,
        details=details,
        status=BookingStatus(row.status),
        version=row.version,
        reconciliation=to_reconciliation(row.reconciliation),
        lease=Lease(row.lease_token, row.lease_until) if row.lease_token else None,
    )


def to_reconciliation(column: str) -> Reconciliation:
    return _reconciliation.decode(column).reconciliation()


def host_key(provider: str, host_id: UUID) -> str:
    return f"{provider}:{host_id}"


def _hosts(booking: Booking) -> list[str]:
    """All hosts that hold, or shall hold, a meeting of this booking."""
    meetings = [left.meeting for left in booking.reconciliation.pending_removals]
    wanted = [part for part in (booking.desired, booking.reconciliation.meeting) if part]
    return sorted({host_key(part.provider, part.host_id) for part in [*wanted, *meetings]})


def _meeting_state(booking: Booking) -> MeetingState:
    state = booking.meeting
    return replace(state, detail=storable(state.detail))
