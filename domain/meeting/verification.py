"""Verification: whether a confirmed meeting still exists as it was confirmed, when to check, and what was seen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.errors import ProviderError
from domain.meeting.reason import Reason
from domain.meeting.sync_failure import FailureKind, SyncFailure, asked_again, sync_failure_from

# Late enough to see changes of the same day, early enough to replace a link or reach the consultant in time.
SHORTLY_BEFORE = timedelta(minutes=30)
# For meetings that the provider has not confirmed for a day or more by then: there is still time to reconnect.
THE_DAY_BEFORE = timedelta(days=1)
# Bookings begin on the hour, and providers limit calls per second, often for all hosts together.
_SPREAD = timedelta(minutes=10)
# A webhook event of our own call may bear a time shortly after its answer. A change by the host within these seconds is
# seen by the verification shortly before the start.
_ECHO = timedelta(seconds=5)
# At most one verification of a meeting in this time, however many webhook events report changes of it.
PAUSE = timedelta(minutes=1)


class Difference(StrEnum):
    """What the host changed at the provider. Calendra shows it and does not revert it."""

    MOVED = "moved"
    RESIZED = "resized"
    RENAMED = "renamed"


class NextVerification(NamedTuple):
    at: datetime
    reason: Reason


@dataclass(frozen=True, slots=True)
class Verification:
    """`verified_at` is when the provider last confirmed the meeting, `stale_at` since when it is stale after a webhook
    event; `sync_failure` is why the last verification failed."""

    verified_at: datetime | None = None
    stale_at: datetime | None = None
    differs: tuple[Difference, ...] = ()
    sync_failure: SyncFailure | None = None

    @property
    def waits_for_consultant(self) -> bool:
        return self.sync_failure is not None and self.sync_failure.kind is FailureKind.CONSULTANT

    def next_verification(self, marker: UUID, starts_at: datetime) -> NextVerification | None:
        """None when no verification is due before the start, or when the failure has no retry."""
        if self.sync_failure and self.sync_failure.until is None:
            return None
        look = min(self._verifications(marker, starts_at), default=None)
        if look and self.sync_failure and self.sync_failure.until:
            look = look._replace(at=max(look.at, self.sync_failure.until))
        return look if look and look.at < starts_at else None

    def _verifications(self, marker: UUID, starts_at: datetime) -> Iterator[NextVerification]:
        if self.stale_at:
            rested_at = self.verified_at + PAUSE if self.verified_at else self.stale_at
            yield NextVerification(max(self.stale_at, rested_at), Reason.WEBHOOK_EVENT)
        spread = timedelta(seconds=marker.int % int(_SPREAD.total_seconds()))
        day_before, shortly_before = starts_at - THE_DAY_BEFORE - spread, starts_at - SHORTLY_BEFORE - spread
        if self.verified_at is None or self.verified_at + THE_DAY_BEFORE <= day_before:
            yield NextVerification(day_before, Reason.DAY_BEFORE)
        if self.verified_at is None or self.verified_at < shortly_before:
            yield NextVerification(shortly_before, Reason.SHORTLY_BEFORE)

    def marked_stale(self, at: datetime, now: datetime) -> "Verification":
        """A webhook event reports a change at `at`. Events of our own calls are ignored.

        It does not shorten the wait for a provider that is down or for the consultant. After a refused verification it
        brings the retry forward.
        """
        if self.verified_at and at <= self.verified_at + _ECHO:
            return self
        sync_failure = self.sync_failure
        if sync_failure and sync_failure.kind is FailureKind.FAILED and sync_failure.until:
            sync_failure = replace(sync_failure, until=min(sync_failure.until, now + PAUSE))
        return replace(self, stale_at=now, sync_failure=sync_failure)

    def verified(self, differs: tuple[Difference, ...], asked: "Verification", now: datetime) -> "Verification":
        """After a verification that was decided when the state was `asked`; an event that came since keeps the meeting
        stale."""
        return Verification(now, self.stale_at if self.stale_at != asked.stale_at else None, differs)

    def verification_failed(self, error: ProviderError, now: datetime, marker: UUID) -> "Verification":
        return replace(self, sync_failure=asked_again(sync_failure_from(error, self.sync_failure, now, marker), now))

    def without_failure(self) -> "Verification":
        return replace(self, sync_failure=None)
