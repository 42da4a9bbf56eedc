"""A pending removal: a meeting that its booking gave up and that the provider still has to remove."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.meeting.host import Host
from domain.meeting.meeting import HeldMeeting, Meeting
from domain.meeting.reason import Reason
from domain.meeting.steps import Find, Remove
from domain.meeting.sync_failure import FailureKind, SyncFailure, asked_again, sync_failure_from
from domain.provider_errors import Refused

# Without the host's authorization, or when the provider refuses the removal, Calendra cannot remove the meeting; once
# it is over it does no harm.
_HOPELESS_AFTER = timedelta(days=1)
# The end of a meeting that was given up during a change is not known.
_SURELY_OVER_AFTER = timedelta(days=400)
# After this many reports that a meeting does not exist, each refuted by the provider's list, a person has to look.
_MOST_REFUTED = 3


@dataclass(frozen=True, slots=True)
class PendingRemoval:
    """`not_before` is the end of a call that may still be under way for this meeting."""

    meeting: Meeting
    reason: Reason
    not_before: datetime | None = None
    sync_failure: SyncFailure | None = None

    def step(self, now: datetime) -> Find | Remove | None:
        due = self.due_at(now)
        if due is None or due > now:
            return None
        searched = not self.meeting.heard or self.meeting.to_be_searched
        return Find(self.meeting, self.reason) if searched else Remove(self.meeting, self.reason)

    def due_at(self, now: datetime) -> datetime | None:
        """When to act next; None while only the consultant, or another person, can help."""
        if self.sync_failure:
            return self.sync_failure.until
        return self.meeting.absence.ask_at if self.meeting.absence else self.not_before or now

    def missed(self, now: datetime) -> "PendingRemoval":
        """The provider reports that it holds no such meeting, which is not proof of a removal."""
        return replace(self, meeting=self.meeting.missed(now), sync_failure=None)

    def found(self, held: HeldMeeting, now: datetime) -> "PendingRemoval":
        """Find by marker shows that the meeting exists."""
        absence = self.meeting.absence
        if absence is None:
            return self
        again = replace(
            self, meeting=replace(self.meeting, id=held.id, absence=absence.refuted(now)), sync_failure=None
        )
        if absence.reports < _MOST_REFUTED:
            return again
        return again.failed(Refused(reason=FailureReason.CONTRADICTION), now)

    def failed(self, error: ProviderError, now: datetime) -> "PendingRemoval":
        """A refused removal is retried with back-off, and shown: a person can delete the meeting at the provider."""
        return replace(
            self, sync_failure=asked_again(sync_failure_from(error, self.sync_failure, now, self.meeting.marker), now)
        )

    @property
    def stuck(self) -> bool:
        """Whether waiting for the provider alone will not complete the removal. A provider that was taken out of the
        settings may never return, and is asked all the same."""
        failure = self.sync_failure
        if failure is None:
            return False
        return failure.kind is not FailureKind.WAITING or failure.reason is FailureReason.NOT_SET_UP

    @property
    def hopeless_at(self) -> datetime | None:
        after = _SURELY_OVER_AFTER if self.meeting.changing else _HOPELESS_AFTER
        return self.meeting.details.slot.ends_at + after if self.stuck else None

    def resumed(self, host: Host) -> "PendingRemoval":
        theirs = self.meeting.is_of(host)
        waits = self.sync_failure is not None and self.sync_failure.kind is FailureKind.CONSULTANT
        return replace(self, sync_failure=None) if theirs and waits else self
