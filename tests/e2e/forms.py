"""The session form of the tests about connecting: with something in every field."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Request, Route

from tests.e2e.person import Person
from tests.e2e.slots import Slot

TITLE = "First consent"
SLOT = Slot.of(0, "10:15")
FILLED: dict[str, Any] = {
    "clients": ["Eva Bizjak", "Tomaž Zajc"],
    "slot": SLOT,
    "title": TITLE,
    "notes": "Bring the papers.\nRoom two.",
    "online": True,
}


def ask_for_consent(person: Person) -> None:
    """From the calendar to the consent page, by saving a session."""
    person.new_session().fill(**FILLED).save()
    person.consent.is_shown()


def books(request: Request) -> bool:
    return request.method == "POST" and request.url.endswith("/api/bookings")


@contextmanager
def saving_held_back(person: Person) -> Iterator[list[Route]]:
    """The requests that book wait here, so that the page can be looked at while it saves."""
    held: list[Route] = []
    address = re.compile(r"/api/bookings$")
    person.context.route(address, lambda route: held.append(route) if books(route.request) else route.fallback())
    yield held
    person.context.unroute(address)


def is_booked(person: Person) -> None:
    """Without another click: the button that led to the consent was to save too."""
    person.is_told("Session booked. The Zoom link is ready.")
    person.form.is_closed()


def save_what_waited(person: Person) -> None:
    """One click, and it is booked: the consent was not started by saving."""
    person.form.shows(**FILLED)
    person.form.save()
    is_booked(person)
