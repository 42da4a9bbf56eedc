"""A practice: the boundary that no data crosses."""

from dataclasses import dataclass, replace
from uuid import UUID

from domain.language import Language
from domain.slot import known_zone
from domain.text_rules import line


@dataclass(frozen=True, slots=True)
class PracticeSettings:
    """The settings to change; None keeps a value."""

    name: str | None = None
    zone: str | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """`language` is the default for people who chose none; None until an admin chooses one."""

    id: UUID
    name: str
    zone: str
    language: Language | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", line("practice", self.name, longest=200, required=True))

    def changed(self, wanted: PracticeSettings) -> "Organization":
        """Raises Invalid."""
        name = self.name if wanted.name is None else line("name", wanted.name, longest=200, required=True)
        zone = self.zone if wanted.zone is None else known_zone(wanted.zone)
        return replace(self, name=name, zone=zone, language=wanted.language or self.language)

    def differences(self, other: "Organization") -> list[str]:
        """The names of the fields that differ."""
        return [name for name in ("name", "zone", "language") if getattr(self, name) != getattr(other, name)]
