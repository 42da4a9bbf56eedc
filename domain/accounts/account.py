"""A person who signs in: an admin of the practice, a consultant, or both."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

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
    """`language` None: the browser's language applies."""

    organization_id: UUID
    id: UUID
    email: str
    name: str
    roles: frozenset[Role]
    zone: str
    language: Language | None = None

    @property
    def is_admin(self) -> bool:
        return Role.ADMIN in self.roles

    @property
    def is_consultant(self) -> bool:
        return Role.CONSULTANT in self.roles

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
