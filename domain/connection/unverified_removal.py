"""Somebody said, without proof, that a consultant took their authorization back: the provider itself is asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

PAUSE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class UnverifiedRemoval:
    """`since` is the moment of the reported removal, None when none was reported. `ask_at` is the earliest moment for
    the next question: one a minute at most, so that forged webhook events cannot make us a nuisance."""

    since: datetime | None = None
    ask_at: datetime | None = None

    def raised(self, since: datetime, now: datetime) -> "UnverifiedRemoval":
        return UnverifiedRemoval(since, max(now, self.ask_at or now))

    def due(self, now: datetime) -> bool:
        return self.since is not None and (self.ask_at is None or self.ask_at <= now)

    def asking(self, now: datetime) -> "UnverifiedRemoval":
        """Written down before the question. If no answer comes, it is asked again."""
        return UnverifiedRemoval(self.since, now + PAUSE)

    def answered(self, asked: "UnverifiedRemoval") -> "UnverifiedRemoval":
        """The authorization stands. What was leased since the question is a question of its own."""
        return self if self.since != asked.since else UnverifiedRemoval(None, self.ask_at)
