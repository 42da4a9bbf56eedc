"""Refusals about clients."""

from domain.errors import CalendraError


class ClientErased(CalendraError):
    code = "client_erased"
    says = "This client's data was erased."
    advice = "Add the client again if you need them."


class ClientHasSessions(CalendraError):
    """Data: count, of the upcoming bookings."""

    code = "client_has_sessions"
    says = "This client has upcoming sessions: {count}. Nothing was erased."
    advice = "Choose to cancel these sessions or to remove the client from them."
