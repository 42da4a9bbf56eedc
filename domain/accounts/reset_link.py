"""A one-time link by which a person chooses a new password. An admin or the operator creates it, and never learns the
password."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.accounts.account import Account
from domain.accounts.errors import AccountEnded, OwnResetLink, ResetLinkInvalid

LIFETIME = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class ResetLink:
    """`token_hash` is the SHA-256 of the link's token. `made_by` None: the operator. A person has one link at most; a
    new one replaces it."""

    organization_id: UUID
    account_id: UUID
    token_hash: bytes
    made_by: UUID | None
    made_at: datetime

    @classmethod
    def make(cls, account: Account, token_hash: bytes, by: Account | None, *, now: datetime) -> "ResetLink":
        """Raises AccountEnded, OwnResetLink."""
        if account.ended:
            raise AccountEnded(name=account.name)
        if by and by.id == account.id:
            raise OwnResetLink
        return cls(account.organization_id, account.id, token_hash, by.id if by else None, now)

    @property
    def ends_at(self) -> datetime:
        return self.made_at + LIFETIME

    def pending(self, now: datetime) -> bool:
        return now < self.ends_at

    def must_serve(self, account: Account | None, *, now: datetime) -> Account:
        """The account. Raises ResetLinkInvalid."""
        if account is None or account.ended or not self.pending(now):
            raise ResetLinkInvalid
        return account
