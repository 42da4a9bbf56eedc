"""The answers that a client got about its sessions, and the states that are possible since."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class BookingDetails:
    """What people decided about a session, as far as they see it."""

    consultant_id: str
    starts_at: datetime
    ends_at: datetime
    title: str
    client_ids: frozenset[str]
    online: bool
    status: str = "planned"

    @property
    def open(self) -> bool:
        return self.status == "planned"

    @property
    def form(self) -> dict[str, Any]:
        return {
            "consultant_id": self.consultant_id,
            "client_ids": sorted(self.client_ids),
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
            "zone": "Europe/Ljubljana",
            "title": self.title,
            "online": self.online,
            "provider": "zoom" if self.online else None,
        }


Possible = BookingDetails | None  # None: there is no such session
Change = Callable[[BookingDetails], Possible]


def seen(session: dict[str, Any]) -> BookingDetails:
    return BookingDetails(
        session["consultant_id"],
        datetime.fromisoformat(session["starts_at"]),
        datetime.fromisoformat(session["ends_at"]),
        session["title"],
        frozenset(one["id"] for one in session["clients"]),
        session["online"],
        session["status"],
    )


def booked(details: BookingDetails) -> BookingDetails:
    return details


def cancelled(details: BookingDetails) -> BookingDetails:
    return replace(details, status="cancelled")


def deleted(details: BookingDetails) -> None:
    return None


def edited(**changes: Any) -> Change:
    return lambda details: replace(details, **changes) if details.open else details


@dataclass
class Session:
    """`mark` is part of every title of the session. `possible` grows with each request that got no answer, and shrinks
    with each answer."""

    mark: str
    key: str
    possible: set[Possible] = field(default_factory=lambda: {None})
    id: str = ""
    untrue: list[str] = field(default_factory=list)

    def unanswered(self, change: Change) -> None:
        self.possible |= {change(one) for one in self.possible if one}

    def book_unanswered(self, details: BookingDetails) -> None:
        self.possible.add(details)

    def told(self, session: dict[str, Any], change: Change | None, asked: str) -> None:
        """The session as an answer shows it, after this change or without it."""
        shown = seen(session)
        expected = {change(one) if change else one for one in self.possible if one}
        self._must(shown in expected, asked, f"shows {shown}", expected)
        self._must(self.id in ("", session["id"]), asked, f"is session {session['id']}", {self.id})
        self.possible, self.id = {shown}, session["id"]

    def gone(self, asked: str) -> None:
        """The answer was that there is no such session."""
        self._must(None in self.possible, asked, "says there is none", self.possible)
        self.possible = {None}

    def closed(self, asked: str) -> None:
        """The answer was that it cannot be changed any more."""
        shut: set[Possible] = {one for one in self.possible if one and not one.open}
        self._must(bool(shut), asked, "says it is closed", self.possible)
        self.possible = shut or self.possible

    def wrong(self, asked: str, why: str) -> None:
        self._must(False, asked, why, self.possible)

    def _must(self, true: bool, asked: str, said: str, expected: Any) -> None:
        if not true:
            self.untrue.append(f"{self.mark} {self.id}: {asked} {said}; expected {expected}")

    @property
    def present(self) -> BookingDetails | None:
        """Its most likely state; None when it does not exist."""
        return next((one for one in self.possible if one), None)

    @property
    def with_unverified_removals(self) -> bool:
        return len(self.possible) > 1
