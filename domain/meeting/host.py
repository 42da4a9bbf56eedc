"""A consultant at a provider: in whose account a meeting is held."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Host:
    organization_id: UUID
    consultant_id: UUID
    provider: str
