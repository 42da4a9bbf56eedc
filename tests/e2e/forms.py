"""The session form of the tests about connecting: with something in every field."""

from typing import Any

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


def save_what_waited(person: Person) -> None:
    """One click, and it is booked."""
    person.form.shows(**FILLED)
    person.form.save()
    person.is_told("Session booked. The Zoom link is ready.")
