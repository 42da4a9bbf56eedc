"""The idempotency record of a request that creates an object."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Creation:
    """`id` is the id of the object to create, equal in every repetition of the request. `content` is a hash that tells
    repetitions from different requests without storing their data."""

    organization_id: UUID
    id: UUID
    content: str
    asked_at: datetime

    @classmethod
    def of(cls, organization_id: UUID, id_: UUID, *content: object, at: datetime) -> "Creation":
        return cls(organization_id, id_, hashlib.sha256(repr(content).encode()).hexdigest()[:32], at)
