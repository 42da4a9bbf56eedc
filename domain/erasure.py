"""The evidence that somebody's connection data was destroyed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Receipt:
    """`erased` counts rows by kind. The address itself is not kept: `email_hash` (sha256, hex) proves it.

    `revoked` tells for each provider whether it confirmed the end of the authorization.
    """

    organization_id: UUID
    id: UUID
    email_hash: str
    erased_at: datetime
    asked_by: str
    erased: dict[str, int]
    revoked: dict[str, bool]
