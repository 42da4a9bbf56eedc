"""A short note of a contact with a client: a call, a letter, what was agreed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.errors import Invalid
from domain.wording import paragraphs

LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class ContactNote:
    """`day` is when the contact was, `written_at` when it was noted."""

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
            raise Invalid("text", "This must not be empty.", "Enter some text.")
        if not 1970 <= self.day.year <= 2199:
            raise Invalid("day", "The year lies outside 1970 to 2199.", "Check the date.")
