"""The permission to found a practice, by a one-time link. The practice does not exist until the link is used."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.accounts.errors import FoundingInvalid
from domain.errors import Invalid
from domain.language import Language
from domain.rule import Rule

LIFETIME = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Defaults set by the person who made the link. The founder may change them, except the address: whoever could
    choose any would learn which ones sign in. It is empty in a link for the first practice."""

    practice: str = ""
    zone: str = ""
    language: Language | None = None
    name: str = ""
    email: str = ""
    consultant: bool = True


@dataclass(frozen=True, slots=True)
class Founding:
    """`organization_id` is the id that the practice will have. `only_first`: not usable once any practice exists."""

    organization_id: UUID
    token_hash: bytes
    made_at: datetime
    only_first: bool
    proposal: Proposal = Proposal()

    @property
    def ends_at(self) -> datetime:
        return self.made_at + LIFETIME

    def must_be_for(self, email: str) -> None:
        """Raises Invalid."""
        if self.proposal.email not in ("", email):
            raise Invalid("email", Rule.FOUNDING_ADDRESS, email=self.proposal.email)

    def must_be_usable(self, *, now: datetime, practices_exist: bool) -> None:
        if self.ends_at <= now or (self.only_first and practices_exist):
            raise FoundingInvalid
