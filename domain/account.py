"""A person who signs in: an admin of the practice, a consultant, or both."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.errors import NotAllowed, NotFound


class Role(StrEnum):
    ADMIN = "admin"
    CONSULTANT = "consultant"


@dataclass(frozen=True, slots=True)
class Account:
    organization_id: UUID
    id: UUID
    email: str
    name: str
    roles: frozenset[Role]
    zone: str

    @property
    def is_admin(self) -> bool:
        return Role.ADMIN in self.roles

    @property
    def is_consultant(self) -> bool:
        return Role.CONSULTANT in self.roles

    def may_manage(self, consultant_id: UUID) -> bool:
        """Consultants manage their own sessions, admins all in their organization."""
        return self.is_admin or (self.is_consultant and self.id == consultant_id)

    def must_manage(self, consultant_id: UUID, what: str) -> None:
        """Refuses without revealing whether the thing exists."""
        if not self.may_manage(consultant_id):
            raise NotFound(what)

    def must_be_admin(self) -> None:
        if not self.is_admin:
            raise NotAllowed
