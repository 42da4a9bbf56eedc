"""A short note of a contact with a client: a call, a letter, what was agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from domain.errors import Invalid
from domain.rule import Rule
from domain.text_rules import paragraphs

LONGEST_NOTE = 2000
EARLIEST_YEAR = 1900
_FIRST_ZONE = timedelta(hours=14)  # the largest offset from UTC, where each day begins first


@dataclass(frozen=True, slots=True)
class ContactNote:
    """`day` is the day of the contact, `written_at` when the note was written."""

    organization_id: UUID
    id: UUID
    client_id: UUID
    day: date
    text: str
    author_id: UUID
    written_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", paragraphs("text", self.text, longest=LONGEST_NOTE).strip())
        if not self.text:
            raise Invalid("text", Rule.EMPTY)

    @property
    def requested(self) -> Mapping[str, object]:
        """What a repeated request to add the note has in common with the first."""
        return {"kind": "contact_note", "client_id": self.client_id, "day": self.day, "text": self.text}

    def must_be_of_a_contact(self) -> None:
        """Checks `day` when a note is written; notes stored earlier are not checked. Allows one day past the latest
        date anywhere, so that an appointment for the next day can be noted. Raises Invalid."""
        latest = (self.written_at.astimezone(UTC) + _FIRST_ZONE).date() + timedelta(days=1)
        if self.day > latest:
            raise Invalid("day", Rule.CONTACT_IN_THE_FUTURE)
        if self.day.year < EARLIEST_YEAR:
            raise Invalid("day", Rule.CONTACT_TOO_EARLY, year=EARLIEST_YEAR)
