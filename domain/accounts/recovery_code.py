"""A recovery code stands in for a second factor that a person does not have at hand. It works once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """`code_hash` is the SHA-256 of the code, which has 80 random bits. A person has ten codes; a new set replaces the
    old one."""

    organization_id: UUID
    account_id: UUID
    code_hash: bytes
    made_at: datetime
