"""A change of the join link that no edit asked for: clients may still have the previous link."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.meeting.reason import Reason

# The reasons for a new meeting other than an edit of the booking.
BY_ITSELF = (Reason.VANISHED, Reason.DISCONNECTED, Reason.OTHER_ACCOUNT)


class Acknowledgement(StrEnum):
    """What a person did when they saw that the link had changed."""

    COPIED = "copied"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class LinkChange:
    """`reason` is one of `BY_ITSELF`, or PROVIDER. `at` is when the present link came, None while the booking has none.

    The link change stays until a person copies the present link or dismisses the reminder.
    """

    reason: Reason
    at: datetime | None = None

    def came(self, now: datetime) -> "LinkChange":
        return self if self.at else replace(self, at=now)
