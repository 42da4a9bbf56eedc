"""A change of the join link that no edit asked for: clients may still have the previous link."""

from dataclasses import dataclass, replace
from datetime import datetime

BY_ITSELF = ("vanished", "disconnected", "other_account")  # reasons for a new meeting other than an edit of the booking


@dataclass(frozen=True, slots=True)
class LinkChange:
    """`reason` is a stable word: vanished, disconnected, other_account, or provider when the provider shows another
    link for the same meeting. `at` is when the present link came, None while the booking has none. The link change
    stays until a person copies the present link or dismisses the reminder."""

    reason: str
    at: datetime | None = None

    def came(self, now: datetime) -> "LinkChange":
        return self if self.at else replace(self, at=now)
