"""A practice: the boundary that no data crosses."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Organization:
    id: UUID
    name: str
    zone: str
