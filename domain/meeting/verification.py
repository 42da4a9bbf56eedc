"""Whether a confirmed meeting is still there, and as it was confirmed: when it is looked at, and what was seen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.errors import ProviderError
from domain.meeting.sync_failure import FailureKind, SyncFailure, asked_again, sync_failure_from

# Late enough to see what was done on the same day, early enough for a new link, or a consultant, to come in time.
SHORTLY_BEFORE = timedelta(minutes=30)
# For meetings that the provider has not been heard of for a day or more by then: there is still time to reconnect.
THE_DAY_BEFORE = timedelta(days=1)
# Sessions begin on the hour, and a provider's limits count seconds, often for all hosts together: looks are spread.
_SPREAD = timedelta(minutes=10)
# Providers stamp a webhook event a little after their answer. What a host does within these seconds is seen shortly before.
_ECHO = timedelta(seconds=5)
# However many webhook events come about one meeting, it is looked at once in so long at most.
PAUSE = timedelta(minutes=1)


class Difference(StrEnum):
    """What the host changed at the provider. It is said and left alone: it is their meeting."""

    MOVED = "moved"
    RESIZED = "resized"
    RENAMED = "renamed"


class NextVerification(NamedTuple):
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """`verified_at` is when the provider last confirmed the meeting, `stale_at` since when a webhook event says that it was
    changed; `sync_failure` is why the last look did not succeed."""

    verified_at: datetime | None = None
    stale_at: datetime | None = None
    differs: tuple[Difference, ...] = ()
    sync_failure: SyncFailure | None = None

    @property
    def waits_for_consultant(self) -> bool:
        return self.sync_failure is not None and self.sync_failure.kind is FailureKind.CONSULTANT

    def next_verification(self, marker: UUID, starts_at: datetime) -> NextVerification | None:
        """None when nothing is to be looked at any more, or when time alone does not help."""
        if self.sync_failure and self.sync_failure.until is None:
            return None
        look = min(self._verifications(marker, starts_at), default=None)
        if look and self.sync_failure and self.sync_failure.until:
            look = look._replace(at=max(look.at, self.sync_failure.until))
        return look if look and look.at < starts_at else None

    def _verifications(self, marker: UUID, starts_at: datetime) -> Iterator[NextVerification]:
        if self.stale_at:
            rested_at = self.verified_at + PAUSE if self.verified_at else self.stale_at
            yield NextVerification(max(self.stale_at, rested_at), "webhook_event")
        spread = timedelta(seconds=marker.int % int(_SPREAD.total_seconds()))
        day_before, shortly_before = starts_at - THE_DAY_BEFORE - spread, starts_at - SHORTLY_BEFORE - spread
        if self.verified_at is None or self.verified_at + THE_DAY_BEFORE <= day_before:
            yield NextVerification(day_before, "day_before")
        if self.verified_at is None or self.verified_at < shortly_before:
            yield NextVerification(shortly_before, "shortly_before")

    def marked_stale(self, at: datetime, now: datetime) -> "Verification":
        """Somebody changed the meeting then. What we did ourselves is told to us as well, and is no news.

        An ill provider is not asked sooner for it, and a missing consultant not before they are back. Where a look was
        refused, a webhook event is a reason to ask again sooner.
        """
        if self.verified_at and at <= self.verified_at + _ECHO:
            return self
        sync_failure = self.sync_failure
        if sync_failure and sync_failure.kind is FailureKind.FAILED and sync_failure.until:
            sync_failure = replace(sync_failure, until=min(sync_failure.until, now + PAUSE))
        return replace(self, stale_at=now, sync_failure=sync_failure)

    def verified(self, differs: tuple[Difference, ...], asked: "Verification", now: datetime) -> "Verification":
        """After a call that was decided on when the verification was as `asked`; an event that came since keeps it stale."""
        return Verification(now, self.stale_at if self.stale_at != asked.stale_at else None, differs)

    def verification_failed(self, error: ProviderError, now: datetime, marker: UUID) -> "Verification":
        return replace(self, sync_failure=asked_again(sync_failure_from(error, self.sync_failure, now, marker), now))

    def without_failure(self) -> "Verification":
        return replace(self, sync_failure=None)
