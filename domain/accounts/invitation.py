"""An invitation to join a practice, by a one-time link. The invited person has no account until they accept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.accounts.account import Role
from domain.accounts.errors import InvitationInvalid, InvitationRevoked
from domain.accounts.roles import at_least_one
from domain.clients.client import email_address
from domain.text_rules import line

LIFETIME = timedelta(hours=72)
MOST_PENDING = 500  # made by one account
KEPT_FOR = timedelta(days=33)  # in the list of invitations, in any state


class InvitationState(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Invitation:
    """`token_hash` is the SHA-256 of the link's token. `name` is a proposal; the invited person may change it."""

    organization_id: UUID
    id: UUID
    token_hash: bytes
    email: str
    name: str
    roles: frozenset[Role]
    made_by: UUID
    made_at: datetime
    revoked_at: datetime | None = None
    accepted_at: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "email", email_address("email", self.email))
        object.__setattr__(self, "name", line("name", self.name, longest=200, required=True))
        at_least_one(self.roles)

    @property
    def requested(self) -> Mapping[str, object]:
        """What a repeated request to invite has in common with the first."""
        return {"kind": "invitation", "email": self.email, "name": self.name, "roles": self.roles}

    @property
    def ends_at(self) -> datetime:
        return self.made_at + LIFETIME

    def state(self, now: datetime) -> InvitationState:
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.EXPIRED if self.ends_at <= now else InvitationState.PENDING

    def pending(self, now: datetime) -> bool:
        return self.state(now) is InvitationState.PENDING

    def accept(self, *, now: datetime) -> "Invitation":
        if not self.pending(now):
            raise InvitationInvalid
        return replace(self, accepted_at=now)

    def revoke(self, *, now: datetime) -> "Invitation":
        """Raises InvitationInvalid when the invitation was accepted: the person has an account then."""
        if self.accepted_at:
            raise InvitationInvalid
        return self if self.revoked_at else replace(self, revoked_at=now)

    def renew(self, token_hash: bytes, by: UUID, *, now: datetime) -> "Invitation":
        """Replaces the link by one that is valid for another 72 hours. Raises InvitationInvalid when the invitation was
        accepted, InvitationRevoked when it was revoked: the person then needs a new invitation."""
        if self.accepted_at:
            raise InvitationInvalid
        if self.revoked_at:
            raise InvitationRevoked
        return replace(self, token_hash=token_hash, made_by=by, made_at=now)
