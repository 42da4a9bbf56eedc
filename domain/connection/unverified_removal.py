"""An unverified removal: a webhook event without a valid signature says that a consultant removed the authorization.
Verification asks the provider itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

PAUSE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class UnverifiedRemoval:
    """`since` is the time of the reported removal, None when there is none. `ask_at` is the earliest time of the next
    verification: at most one a minute, so that forged webhook events cannot cause many calls."""

    since: datetime | None = None
    ask_at: datetime | None = None

    def raised(self, since: datetime, now: datetime) -> "UnverifiedRemoval":
        return UnverifiedRemoval(since, max(now, self.ask_at or now))

    def due(self, now: datetime) -> bool:
        return self.since is not None and (self.ask_at is None or self.ask_at <= now)

    def asking(self, now: datetime) -> "UnverifiedRemoval":
        """Stored before the call, so that a call without an answer is repeated."""
        return UnverifiedRemoval(self.since, now + PAUSE)

    def answered(self, asked: "UnverifiedRemoval") -> "UnverifiedRemoval":
        """The authorization is valid. A removal reported since the call needs a verification of its own."""
        return self if self.since != asked.since else UnverifiedRemoval(None, self.ask_at)
