"""The evidence that data of a person were destroyed, and of what stays."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.connection.revocation import Ending, Revocation


@dataclass(frozen=True, slots=True)
class Mention:
    """A session whose title or notes name an erased client. The texts themselves are not repeated here."""

    booking_id: UUID
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays of an erased client. `past_sessions` have a client without a name; `drafts` still name the client,
    and so do the texts of the sessions in `mentions`."""

    past_sessions: int = 0
    drafts: int = 0
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """`erased` counts rows by kind. The address itself is not kept: `email_hash` (sha256, hex) proves it.

    `endings` tells for each provider what became of the authorization and of the meetings there.
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
        """Whether each provider confirmed."""
        return {name: ending.revocation is Revocation.CONFIRMED for name, ending in self.endings.items()}
