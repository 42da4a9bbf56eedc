"""The receipt of an erasure: what was erased, and what remains."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.connection.revocation import Ending, Revocation


@dataclass(frozen=True, slots=True)
class Mention:
    """A booking whose title or notes name an erased client. The texts are not repeated here."""

    booking_id: UUID
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What remains of an erased client. `past_sessions` counts bookings that have a client without a name; `drafts`
    counts drafts that still name the client; the texts of the bookings in `mentions` name the client as well."""

    past_sessions: int = 0
    drafts: int = 0
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """`erased` counts rows by kind. `email_hash` (SHA-256, hex) proves the e-mail address, which is not stored.

    `endings` says for each provider how the authorization ended and which meetings remain there.
    """

    organization_id: UUID
    id: UUID
    email_hash: str
    erased_at: datetime
    asked_by: str
    erased: dict[str, int]
    endings: dict[str, Ending]
    kept: Kept = field(default_factory=Kept)

    @property
    def revoked(self) -> dict[str, bool]:
        """Whether each provider confirmed the revocation."""
        return {name: ending.revocation is Revocation.CONFIRMED for name, ending in self.endings.items()}
