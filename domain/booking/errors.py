"""Refusals about bookings."""

from domain.errors import CalendraError


class SlotTaken(CalendraError):
    """Data: consultant (name), starts_at and ends_at of the neighbouring booking (RFC 3339, UTC)."""

    code = "slot_taken"
    says = "{consultant} already has a session from {starts_at} to {ends_at}."
    advice = "Choose another time or another consultant. Nothing was saved."


class ChangedMeanwhile(CalendraError):
    """Data: version, the current one."""

    code = "changed_meanwhile"
    says = "Someone else changed this session after you opened it."
    advice = "Reload the session, then repeat your change."


class BookingClosed(CalendraError):
    """Data: status (cancelled)."""

    code = "booking_closed"
    says = "This session is {status} and can no longer be changed."
    advice = "Restore it first, or book a new session."
