"""A person who signs in: an admin of the practice, a consultant, or both."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.accounts.errors import AccountNotEnded, LastAdmin, SessionsToCome
from domain.errors import NotAllowed, NotFound, ObjectKind
from domain.language import Language
from domain.meeting.host import Host
from domain.slot import known_zone
from domain.text_rules import line


class Role(StrEnum):
    ADMIN = "admin"
    CONSULTANT = "consultant"


@dataclass(frozen=True, slots=True)
class Preferences:
    """The preferences to change; None keeps a value. `language` None is itself a choice (the browser's language), so
    `chooses_language` says whether `language` applies."""

    name: str | None = None
    zone: str | None = None
    language: Language | None = None
    chooses_language: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """`language` None: the browser's language applies. `ended_at`: since then the person neither signs in nor has any
    rights; the roles are kept for the day on which the account is restored. `name` and `email` are empty once the
    person's data were erased."""

    organization_id: UUID
    id: UUID
    email: str
    name: str
    roles: frozenset[Role]
    zone: str
    language: Language | None = None
    ended_at: datetime | None = None

    @property
    def ended(self) -> bool:
        return self.ended_at is not None

    @property
    def is_admin(self) -> bool:
        return Role.ADMIN in self.roles and not self.ended

    @property
    def is_consultant(self) -> bool:
        return Role.CONSULTANT in self.roles and not self.ended

    def end(self, *, other_admins: int, now: datetime) -> "Account":
        """Ending again changes nothing. `other_admins`: the number of other admins in the practice. Raises
        LastAdmin."""
        if self.is_admin and not other_admins:
            raise LastAdmin
        return self if self.ended else replace(self, ended_at=now)

    def restore(self) -> "Account":
        return replace(self, ended_at=None)

    def erase(self, *, coming: int) -> "Account":
        """`coming`: the number of the person's upcoming bookings. Raises AccountNotEnded, SessionsToCome."""
        if not self.ended:
            raise AccountNotEnded(name=self.name)
        if coming:
            raise SessionsToCome(name=self.name, sessions=coming)
        return replace(self, name="", email="", language=None)

    def may_manage(self, consultant_id: UUID) -> bool:
        """Consultants manage their own bookings, admins all bookings of their organization."""
        return self.is_admin or (self.is_consultant and self.id == consultant_id)

    def host_at(self, provider: str) -> Host:
        return Host(self.organization_id, self.id, provider)

    def must_manage(self, consultant_id: UUID, what: ObjectKind) -> None:
        """Raises NotFound, which does not reveal whether the object exists."""
        if not self.may_manage(consultant_id):
            raise NotFound(what)

    def preferring(self, wanted: Preferences) -> "Account":
        """Raises Invalid."""
        name = self.name if wanted.name is None else line("name", wanted.name, longest=200, required=True)
        zone = self.zone if wanted.zone is None else known_zone(wanted.zone)
        language = wanted.language if wanted.chooses_language else self.language
        return replace(self, name=name, zone=zone, language=language)

    def must_be_admin(self) -> None:
        if not self.is_admin:
            raise NotAllowed
