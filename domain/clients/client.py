"""A person who is invited to bookings. Clients do not sign in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.clients.errors import ClientErased
from domain.errors import Invalid
from domain.rule import Rule
from domain.text_rules import line

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class ClientEdits:
    """The fields to change; None keeps a value."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Client:
    """`email` and `phone` may be empty. An archived client is not offered for new bookings. An erased client has no
    name and is kept only because past bookings refer to it."""

    organization_id: UUID
    id: UUID
    name: str
    email: str = ""
    phone: str = ""
    archived_at: datetime | None = None
    erased_at: datetime | None = None

    def __post_init__(self) -> None:
        known = self.erased_at is None
        object.__setattr__(self, "name", line("name", self.name, longest=LONGEST_NAME, required=known))
        object.__setattr__(self, "email", email_address("email", self.email) if self.email.strip() else "")
        object.__setattr__(self, "phone", line("phone", self.phone, longest=50))

    @property
    def requested(self) -> Mapping[str, object]:
        """What a repeated request to add the client has in common with the first."""
        return {"kind": "client", "name": self.name, "email": self.email, "phone": self.phone}

    def corrected(self, edits: ClientEdits) -> "Client":
        """Raises Invalid, ClientErased."""
        self._must_be_known()
        return replace(
            self,
            name=self.name if edits.name is None else edits.name,
            email=self.email if edits.email is None else edits.email,
            phone=self.phone if edits.phone is None else edits.phone,
        )

    def differences(self, other: "Client") -> list[str]:
        """The names of the fields that differ, for the history."""
        return [name for name in ("name", "email", "phone") if getattr(self, name) != getattr(other, name)]

    def archived(self, *, now: datetime) -> "Client":
        """Raises ClientErased."""
        self._must_be_known()
        return self if self.archived_at else replace(self, archived_at=now)

    def restored(self) -> "Client":
        """Raises ClientErased."""
        self._must_be_known()
        return replace(self, archived_at=None)

    def must_be_offered(self) -> None:
        """Call before booking for the client. Raises Invalid."""
        if self.archived_at:
            raise Invalid("client_ids", Rule.CLIENT_ARCHIVED, name=self.name)

    def merged_with(self, other: "Client") -> "Client":
        """Keeps the fields of this client, and fills empty ones from the other. Raises Invalid, ClientErased."""
        if self.id == other.id:
            raise Invalid("other_id", Rule.SAME_CLIENT)
        self._must_be_known()
        other._must_be_known()
        return replace(self, email=self.email or other.email, phone=self.phone or other.phone)

    def erased(self, *, now: datetime) -> "Client":
        """Raises ClientErased."""
        self._must_be_known()
        return replace(self, name="", email="", phone="", archived_at=self.archived_at or now, erased_at=now)

    def _must_be_known(self) -> None:
        if self.erased_at:
            raise ClientErased


def email_address(field: str, value: str) -> str:
    """Lower case, with one @ between two parts. Only a mail can tell whether the address exists. Raises Invalid."""
    text = line(field, value, longest=254, required=True).lower()
    local, at, host = text.rpartition("@")
    if not (at and local and "." in host) or any(character.isspace() for character in text) or "@" in local:
        raise Invalid(field, Rule.NOT_AN_EMAIL, email=text)
    return text
