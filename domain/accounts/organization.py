"""A practice: the boundary that no data crosses."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.accounts.errors import SecondFactorNeeded
from domain.accounts.login_session import IdleMinutes, LoginSession
from domain.errors import Invalid
from domain.language import Language
from domain.rule import Rule
from domain.slot import known_zone
from domain.text_rules import line

LONGEST_GRACE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PracticeSettings:
    """The settings to change; None keeps a value."""

    name: str | None = None
    zone: str | None = None
    language: Language | None = None
    idle_minutes: IdleMinutes | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """`language` is the default for people who chose none; None until an admin chooses one. `idle_minutes`: how long
    login sessions of its people last without use. `second_factor_from`: since then everybody needs a second factor;
    None: it is up to each person."""

    id: UUID
    name: str
    zone: str
    language: Language | None = None
    idle_minutes: IdleMinutes = IdleMinutes.WEEK
    second_factor_from: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", line("practice", self.name, longest=200, required=True))

    def changed(self, wanted: PracticeSettings) -> "Organization":
        """Raises Invalid."""
        name = self.name if wanted.name is None else line("name", wanted.name, longest=200, required=True)
        zone = self.zone if wanted.zone is None else known_zone(wanted.zone)
        return replace(
            self,
            name=name,
            zone=zone,
            language=wanted.language or self.language,
            idle_minutes=wanted.idle_minutes or self.idle_minutes,
        )

    def differences(self, other: "Organization") -> list[str]:
        """The names of the fields that differ."""
        return [
            name for name in ("name", "zone", "language", "idle_minutes") if getattr(self, name) != getattr(other, name)
        ]

    def demanding_second_factor(self, login: LoginSession, grace: timedelta, *, now: datetime) -> "Organization":
        """`login` is that of the admin, who must have a second factor first. Raises Invalid, SecondFactorNeeded."""
        if not login.two_factors:
            raise SecondFactorNeeded
        if not timedelta() <= grace <= LONGEST_GRACE:
            raise Invalid("grace_days", Rule.GRACE_OUT_OF_RANGE, most=LONGEST_GRACE.days)
        return replace(self, second_factor_from=now + grace)

    def not_demanding_second_factor(self) -> "Organization":
        return replace(self, second_factor_from=None)

    def demands_second_factor(self, now: datetime) -> bool:
        return self.second_factor_from is not None and self.second_factor_from <= now
