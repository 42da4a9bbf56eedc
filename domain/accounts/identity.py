"""Who a person is at an identity provider, and the account here that this identity signs in to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Identity:
    """What a verified ID token says. `subject` identifies the person at the issuer for good; `email` is empty when the
    token has none. `email_proven`: the provider says that it verified the address. `authenticated_at`: when the person
    last entered their credentials there, None when the provider does not say."""

    issuer: str
    subject: str
    email: str
    email_proven: bool
    authenticated_at: datetime | None = None

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class IdentityLink:
    """Within a practice an account has one link at most, and a subject belongs to one account. A link is never
    rewritten: an admin removes it, and the person's next sign-in makes a new one."""

    organization_id: UUID
    account_id: UUID
    issuer: str
    subject: str
    linked_at: datetime

    @classmethod
    def make(cls, organization_id: UUID, account_id: UUID, identity: Identity, *, now: datetime) -> "IdentityLink":
        return cls(organization_id, account_id, identity.issuer, identity.subject, now)

    def names(self, identity: Identity) -> bool:
        return (self.issuer, self.subject) == (identity.issuer, identity.subject)
