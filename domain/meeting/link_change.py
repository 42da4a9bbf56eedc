"""A join link that changed without anybody's deciding so: clients may still hold the one before."""

from dataclasses import dataclass, replace
from datetime import datetime

BY_ITSELF = ("vanished", "disconnected", "other_account")  # reasons for a new meeting that no edit of the session gives


@dataclass(frozen=True, slots=True)
class LinkChange:
    """`reason` is a stable word: vanished, disconnected, other_account, or provider when the provider shows another
    link for the same meeting. `at` is when the present link came, None while the session has none. It stays until a
    person has copied the present link or dismissed the mark."""

    reason: str
    at: datetime | None = None

    def came(self, now: datetime) -> "LinkChange":
        return self if self.at else replace(self, at=now)
