"""The choice for the upcoming meetings when a consultant disconnects a provider."""

from enum import StrEnum


class MeetingsOnDisconnect(StrEnum):
    REMOVE = "remove"  # removed at the provider; the bookings stay, without a link, until the next connection
    KEEP = "keep"  # they stay in the consultant's own account and the links go on working
