"""The evidence that somebody's connection data was destroyed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.revocation import Ending, Revocation


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

    @property
    def revoked(self) -> dict[str, bool]:
        """Whether each provider confirmed."""
        return {name: ending.revocation is Revocation.CONFIRMED for name, ending in self.endings.items()}
