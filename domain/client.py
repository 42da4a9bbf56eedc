"""Somebody who is invited to sessions. A client has no sign-in."""

from dataclasses import dataclass
from uuid import UUID

from domain.errors import Invalid
from domain.wording import line


@dataclass(frozen=True, slots=True)
class Client:
    organization_id: UUID
    id: UUID
    name: str
    email: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", line("name", self.name, longest=200, required=True))
        object.__setattr__(self, "email", email_address("email", self.email))


def email_address(field: str, value: str) -> str:
    """Lower case, with one @ between two parts. Whether it exists, only a mail can tell."""
    text = line(field, value, longest=254, required=True).lower()
    local, at, host = text.rpartition("@")
    if not (at and local and "." in host) or any(character.isspace() for character in text) or "@" in local:
        raise Invalid(field, f"{text!r} is not an e-mail address.", "Write it like name@example.com.")
    return text
