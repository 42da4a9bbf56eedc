"""The choice for the upcoming meetings when a consultant disconnects a provider."""

from enum import StrEnum


class MeetingsOnDisconnect(StrEnum):
    REMOVE = "remove"  # removed at the provider; the bookings stay, without a link, until the next connection
    KEEP = "keep"  # they stay in the consultant's own account and the links go on working


class AfterDisconnect(StrEnum):
    """What happens to the meeting of an upcoming booking."""

    REMOVED = "removed"  # its link stops working, and the booking waits for a new connection
    KEPT = "kept"  # its link goes on working; later changes do not reach it
    IN_EARLIER_ACCOUNT = "in_earlier_account"  # of an account connected earlier: it stays there until deleted there
    OUT_OF_REACH = "out_of_reach"  # Calendra has lost access to the account: it stays there until deleted there
