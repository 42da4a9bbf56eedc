"""The host of a meeting: a consultant at a provider, whose account holds it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Host:
    organization_id: UUID
    consultant_id: UUID
    provider: str
