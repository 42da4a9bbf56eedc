"""What people do with a session, and the state that is expected before and after."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

import httpx

from domain.accounts.account import Account
from tests.browser import Browser
from tests.chaos.crash.passage import Death
from tests.chaos.crash.site import Found, Site

Tokens = Literal["good", "stale", "rejected"]


@dataclass
class Round:
    """One session, and the kill during a request about it."""

    title: str
    death: Death | None
    repeats: bool
    host: Account
    other_host: Account
    slot: dict[str, str]
    client_id: str
    key: str = field(default_factory=lambda: str(uuid4()))
    booking: dict[str, Any] = field(default_factory=dict)
    found: Found = field(default_factory=Found)

    @property
    def form(self) -> dict[str, Any]:
        return {
            "consultant_id": str(self.host.id),
            "client_ids": [self.client_id],
            **self.slot,
            "zone": "Europe/Ljubljana",
            "title": self.title,
            "notes": "",
            "online": True,
            "provider": "zoom",
        }

    @property
    def later(self) -> dict[str, str]:
        moved = {name: datetime.fromisoformat(text) + timedelta(hours=1) for name, text in self.slot.items()}
        return {name: moment.isoformat() for name, moment in moved.items()}

    def book(self, browser: Browser) -> httpx.Response:
        return browser.api("POST", "/api/bookings", json=self.form, headers={"Idempotency-Key": self.key})

    def edit(self, browser: Browser, **changes: Any) -> httpx.Response:
        return browser.api("PATCH", self._path, json=changes)

    def cancel(self, browser: Browser) -> httpx.Response:
        return browser.api("POST", f"{self._path}/cancel")

    def delete(self, browser: Browser) -> httpx.Response:
        return browser.api("DELETE", self._path)

    def disconnect(self, browser: Browser) -> httpx.Response:
        return browser.api("DELETE", f"/api/connections/zoom/{self.host.id}?meetings=remove")

    @property
    def _path(self) -> str:
        return f"/api/bookings/{self.booking['id']}"


@dataclass(frozen=True)
class Life:
    """`act` is the request during which the process is killed. `done` and `undone` check the final state: the one
    session, or None. `already` is the answer to a repetition of a request that has taken effect."""

    name: str
    act: Callable[[Round, Browser], httpx.Response]
    done: Callable[[Round, dict[str, Any] | None], bool]
    booked_before: bool = True
    tokens: Tokens = "good"
    host_of_its_own: bool = False  # where the connection itself is touched
    already: int | None = None

    def prepare(self, site: Site, browser: Browser, one: Round) -> None:
        if self.booked_before:
            one.booking = one.book(browser).raise_for_status().json()
            assert one.booking["meeting"]["status"] == "ready", one.booking["meeting"]
        if self.tokens == "rejected":
            site.zoom.expire_access(one.host.email)

    def undone(self, one: Round, session: dict[str, Any] | None) -> bool:
        if not self.booked_before:
            return session is None
        same = ("consultant_id", "starts_at", "online", "status", "version", "meeting")
        return session is not None and all(session[name] == one.booking[name] for name in same)


def _planned(one: Round, session: dict[str, Any] | None, *, host: Account, slot: dict[str, str]) -> bool:
    return (
        session is not None
        and session["status"] == "planned"
        and session["consultant_id"] == str(host.id)
        and all(datetime.fromisoformat(session[name]) == datetime.fromisoformat(slot[name]) for name in slot)
    )


def _booked(one: Round, session: dict[str, Any] | None) -> bool:
    return _planned(one, session, host=one.host, slot=one.slot)


def _moved(one: Round, session: dict[str, Any] | None) -> bool:
    """The link stays the same."""
    same_link = session is not None and session["meeting"]["join_link"] == one.booking["meeting"]["join_link"]
    return same_link and _planned(one, session, host=one.host, slot=one.later)


def _reassigned(one: Round, session: dict[str, Any] | None) -> bool:
    return _planned(one, session, host=one.other_host, slot=one.slot)


def _in_person(one: Round, session: dict[str, Any] | None) -> bool:
    return _booked(one, session) and session is not None and not session["online"]


LIVES = [
    Life("book", Round.book, _booked, booked_before=False),
    Life("book with a stale token", Round.book, _booked, booked_before=False, tokens="stale", host_of_its_own=True),
    Life(
        "book with a rejected token", Round.book, _booked, booked_before=False, tokens="rejected", host_of_its_own=True
    ),
    Life("move", lambda one, browser: one.edit(browser, **one.later), _moved),
    Life("reassign", lambda one, browser: one.edit(browser, consultant_id=str(one.other_host.id)), _reassigned),
    Life("switch online off", lambda one, browser: one.edit(browser, online=False), _in_person),
    Life("cancel", Round.cancel, lambda one, session: session is not None and session["status"] == "cancelled"),
    Life("delete", Round.delete, lambda one, session: session is None, already=404),
]

DISCONNECT = Life("disconnect", Round.disconnect, _booked, host_of_its_own=True, already=409)
