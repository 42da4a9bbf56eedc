"""Reconciliation retries refused calls whose repetition is harmless: removals and verifications."""

from datetime import timedelta
from uuid import uuid4

from domain.failure_reason import FailureReason
from domain.meeting.sync_failure import FailureKind, SyncFailure, asked_again, sync_failure_from
from domain.provider_errors import NeedsConsultant, Refused, TryLater
from tests.builders import NOW

MARKER = uuid4()
REFUSED, DOWN, GONE = (
    Refused(words="no"),
    TryLater(reason=FailureReason.PROVIDER_DOWN),
    NeedsConsultant(reason=FailureReason.CONSENT_GONE),
)


def test_the_pauses_after_refusals_grow_to_a_day() -> None:
    sync_failure: SyncFailure | None = None
    waits = []
    for _ in range(10):
        sync_failure = asked_again(sync_failure_from(REFUSED, sync_failure, NOW, MARKER), NOW)
        assert sync_failure.kind is FailureKind.FAILED
        assert sync_failure.until
        waits.append(sync_failure.until - NOW)
    assert waits[:3] == [timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40)]
    assert waits[-1] == timedelta(days=1)


def test_what_waits_for_time_or_for_the_consultant_is_left_as_it_is() -> None:
    for error in (DOWN, GONE):
        sync_failure = sync_failure_from(error, None, NOW, MARKER)
        assert asked_again(sync_failure, NOW) is sync_failure
