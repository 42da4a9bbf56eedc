"""A change of the join link that no edit asked for: clients may still have the previous link."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.meeting.reason import Reason


class LinkChangeReason(StrEnum):
    VANISHED = "vanished"  # the meeting was removed at the provider, so a new one was created
    DISCONNECTED = "disconnected"  # the host ended the connection and removed the meeting
    OTHER_ACCOUNT = "other_account"  # the host is connected as another user, who got a new meeting
    PROVIDER = "provider"  # the provider shows another link for the same meeting

    @classmethod
    def after(cls, reason: Reason) -> "LinkChangeReason | None":
        """None when an edit of the booking is the reason."""
        return next((one for one in cls if one.value == reason.value), None)


class Acknowledgement(StrEnum):
    """What a person did when they saw that the link had changed."""

    COPIED = "copied"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class LinkChange:
    """`at` is when the present link came, None while the booking has none.

    The link change stays until a person copies the present link or dismisses the reminder.
    """

    reason: LinkChangeReason
    at: datetime | None = None

    def came(self, now: datetime) -> "LinkChange":
        return self if self.at else replace(self, at=now)
