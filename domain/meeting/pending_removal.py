"""A meeting that no booking wants any more and that must not stay behind at the provider."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.errors import ProviderError
from domain.meeting.meeting import HeldMeeting, Meeting
from domain.meeting.steps import Find, Remove
from domain.meeting.sync_failure import FailureKind, SyncFailure, asked_again, sync_failure_from
from domain.provider_errors import Refused

# A meeting whose host took the authorization away, or whose removal the provider refuses, can no longer be removed
# by us; once it is over it harms nobody.
_HOPELESS_AFTER = timedelta(days=1)
# Of one that was being changed when it was given up nobody knows when it ends.
_SURELY_OVER_AFTER = timedelta(days=400)
# So often a provider may say that a meeting does not exist which its own list shows; then a person has to look there.
_MOST_REFUTED = 3


@dataclass(frozen=True, slots=True)
class PendingRemoval:
    """`not_before` covers a call that may still be under way for this meeting."""

    meeting: Meeting
    reason: str
    not_before: datetime | None = None
    sync_failure: SyncFailure | None = None

    def step(self, now: datetime) -> Find | Remove | None:
        due = self.due_at(now)
        if due is None or due > now:
            return None
        searched = not self.meeting.heard or self.meeting.to_be_searched
        return Find(self.meeting, self.reason) if searched else Remove(self.meeting, self.reason)

    def due_at(self, now: datetime) -> datetime | None:
        """When to act next; None while only the consultant, or nobody, can help."""
        if self.sync_failure:
            return self.sync_failure.until
        return self.meeting.absence.ask_at if self.meeting.absence else self.not_before or now

    def missed(self, now: datetime) -> "PendingRemoval":
        """The provider says that it holds no such meeting: true, or a removal that never was."""
        return replace(self, meeting=self.meeting.missed(now), sync_failure=None)

    def found(self, held: HeldMeeting, now: datetime) -> "PendingRemoval":
        """The search by marker shows it all the same."""
        absence = self.meeting.absence
        if absence is None:
            return self
        again = replace(
            self, meeting=replace(self.meeting, id=held.id, absence=absence.refuted(now)), sync_failure=None
        )
        if absence.reports < _MOST_REFUTED:
            return again
        return again.failed(Refused(reason="The meeting is listed, and said not to exist"), now)

    def failed(self, error: ProviderError, now: datetime) -> "PendingRemoval":
        """A refusal stops nothing but is told: somebody can delete the meeting at the provider."""
        return replace(
            self, sync_failure=asked_again(sync_failure_from(error, self.sync_failure, now, self.meeting.marker), now)
        )

    @property
    def stuck(self) -> bool:
        """Waiting for an ill provider will not remove it."""
        return self.sync_failure is not None and self.sync_failure.kind is not FailureKind.WAITING

    @property
    def hopeless_at(self) -> datetime | None:
        after = _SURELY_OVER_AFTER if self.meeting.changing else _HOPELESS_AFTER
        return self.meeting.details.slot.ends_at + after if self.stuck else None

    def resumed(self, provider: str, host_id: UUID) -> "PendingRemoval":
        theirs = (self.meeting.provider, self.meeting.host_id) == (provider, host_id)
        waits = self.sync_failure is not None and self.sync_failure.kind is FailureKind.CONSULTANT
        return replace(self, sync_failure=None) if theirs and waits else self
