"""A request that creates something, told from its own repetition."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Creation:
    """`id` is that of the thing to be created, and the same in every repetition of the request. `content` tells equal
    requests from different ones without keeping what they said."""

    organization_id: UUID
    id: UUID
    content: str
    asked_at: datetime

    @classmethod
    def of(cls, organization_id: UUID, id_: UUID, *content: object, at: datetime) -> "Creation":
        return cls(organization_id, id_, hashlib.sha256(repr(content).encode()).hexdigest()[:32], at)
