"""The reconciliation of a booking: how far the provider agrees with the desired meeting, and the next step."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.failure_reason import FailureReason
from domain.meeting.host import Host
from domain.meeting.link_change import LinkChange, LinkChangeReason
from domain.meeting.marker import marker_of, markers_of
from domain.meeting.meeting import DesiredMeeting, Meeting
from domain.meeting.pending_removal import PendingRemoval
from domain.meeting.reason import Reason
from domain.meeting.steps import Change, Create, Find, Step, Verify
from domain.meeting.sync_failure import FailureKind, SyncFailure
from domain.slot import Slot


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The one meeting that serves the booking, and the pending removals.

    `meeting` is None before the first create and after a loss. `reason` says why the next create is needed.
    `markers` counts the creates, so that each has a marker of its own. `link_change` is set when clients may have a
    link that was replaced without an edit.
    """

    meeting: Meeting | None = None
    pending_removals: tuple[PendingRemoval, ...] = ()
    sync_failure: SyncFailure | None = None
    reason: Reason = Reason.NEW
    markers: int = 0
    link_change: LinkChange | None = None

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings that a provider holds, or may hold, for the booking."""
        present = (self.meeting,) if self.meeting else ()
        return (*present, *(left.meeting for left in self.pending_removals))

    def gave_up(self, marker: UUID, booking_id: UUID) -> bool:
        """Whether a create carried this marker and no known meeting carries it now."""
        held = any(meeting.marker == marker for meeting in self.meetings)
        return not held and marker in markers_of(booking_id, self.markers)

    # --- edits of the booking ------------------------------------------------------------------------------

    def retried(self) -> "Reconciliation":
        """Clears a failure that only an edit can resolve, after an edit that keeps the host."""
        failed = self.sync_failure is not None and self.sync_failure.kind is FailureKind.FAILED
        return replace(self, sync_failure=None) if failed else self

    def released(self, reason: Reason, call_ends: datetime | None) -> "Reconciliation":
        """Turns the present meeting into a pending removal, and clears the failure: it does not concern the next
        meeting.

        `call_ends` is when a call that is under way for the present meeting is certainly over.
        """
        link_change = self.link_change_after(reason)
        if self.meeting is None:
            return replace(self, sync_failure=None, reason=reason, link_change=link_change)
        pending_removal = PendingRemoval(
            self.meeting.present(), reason, not_before=None if self.meeting.heard else call_ends
        )
        pending_removals = (*self.pending_removals, pending_removal)
        return replace(
            self,
            meeting=None,
            pending_removals=pending_removals,
            sync_failure=None,
            reason=reason,
            link_change=link_change,
        )

    def link_change_acknowledged(self, changed_at: datetime) -> "Reconciliation":
        """A person copied the present link or dismissed the reminder. A later link change stays."""
        noted = self.link_change is not None and self.link_change.at == changed_at
        return replace(self, link_change=None) if noted else self

    def without_links(self, host_id: UUID | None = None, *, keep_present: bool = False) -> "Reconciliation":
        """Erases every link, or those into one consultant's accounts; `keep_present` spares the present meeting's."""

        def bare(meeting: Meeting) -> Meeting:
            return meeting.without_link() if host_id in (None, meeting.host_id) else meeting

        pending_removals = tuple(replace(left, meeting=bare(left.meeting)) for left in self.pending_removals)
        present = self.meeting if keep_present else self.meeting and bare(self.meeting)
        link_change = self.link_change if present == self.meeting else None
        return replace(self, meeting=present, pending_removals=pending_removals, link_change=link_change)

    def resumed(self, desired: DesiredMeeting | None, host: Host, account: str, now: datetime) -> "Reconciliation":
        """The consultant connected again as the user with this key: failures that waited for it are cleared."""
        theirs = desired is not None and desired.is_of(host)
        waits = theirs and self.sync_failure is not None and self.sync_failure.kind is FailureKind.CONSULTANT
        pending_removals = tuple(left.resumed(host) for left in self.pending_removals)
        meeting = self.meeting
        if theirs and meeting:
            meeting = meeting.connected_as(account, now)
        return replace(
            self, meeting=meeting, sync_failure=None if waits else self.sync_failure, pending_removals=pending_removals
        )

    def left(self, host: Host, account: str, email: str, now: datetime) -> "Reconciliation":
        """The consultant ends the connection as this user. Meetings that may have to be removed by hand keep the
        account's e-mail address."""

        def named(meeting: Meeting) -> Meeting:
            theirs = meeting.is_of(host) and meeting.details.slot.ends_at > now
            return replace(meeting, account=meeting.account.left(account, email)) if theirs else meeting

        return self._with_each(named)

    def without_account_emails(self, host_id: UUID) -> "Reconciliation":
        def nameless(meeting: Meeting) -> Meeting:
            theirs = meeting.host_id == host_id
            return replace(meeting, account=meeting.account.without_email()) if theirs else meeting

        return self._with_each(nameless)

    def _with_each(self, change: Callable[[Meeting], Meeting]) -> "Reconciliation":
        pending_removals = tuple(replace(left, meeting=change(left.meeting)) for left in self.pending_removals)
        return replace(self, meeting=self.meeting and change(self.meeting), pending_removals=pending_removals)

    def in_account(self, step: Create, account: str) -> tuple["Reconciliation", Create]:
        """Binds a create that has just begun to the account whose access token it uses."""
        bound = replace(step, meeting=step.meeting.reached_as(account))
        return replace(self, meeting=bound.meeting) if self.serves_with(step.meeting) else self, bound

    def marked_stale(self, at: datetime, now: datetime) -> "Reconciliation":
        """A webhook event reports that the meeting was changed at `at`, by its host or by Calendra itself."""
        return replace(self, meeting=self.meeting.marked_stale(at, now)) if self.meeting else self

    # --- the next step ---------------------------------------------------------------------------------------

    def next_step(self, desired: DesiredMeeting | None, booking_id: UUID, now: datetime) -> Step | None:
        """The next call, or None when none is due. Removals come first: they make room in the host's account."""
        removals = (left.step(now) for left in self.pending_removals)
        return next((step for step in removals if step), None) or self._own_step(desired, booking_id, now)

    def _own_step(self, desired: DesiredMeeting | None, booking_id: UUID, now: datetime) -> Step | None:
        if desired is None or (self.sync_failure and not self.sync_failure.over(now)):
            return None
        if self.meeting and not self.meeting.heard:
            return Find(self.meeting, Reason.UNHEARD)
        if desired.details.slot.begun(now):
            return None  # providers take a start in the past as "now", or ignore it
        if self.meeting is None:
            marker = marker_of(booking_id, self.markers)
            return Create(Meeting(marker, desired.provider, desired.host_id, desired.details), self.reason)
        return _upkeep(self.meeting, desired, now)

    def begun(self, step: Step) -> "Reconciliation":
        """Stored before the call, so that reconciliation can continue after a crash."""
        if isinstance(step, Create):
            return replace(self, meeting=step.meeting, markers=self.markers + 1)
        if isinstance(step, Change):
            return replace(self, meeting=replace(step.meeting, changing=True))
        return self

    def due_at(self, desired: DesiredMeeting | None, now: datetime) -> datetime | None:
        """When to reconcile the booking next; None when time alone makes nothing due."""
        moments = [left.due_at(now) for left in self.pending_removals]
        moments += [left.hopeless_at for left in self.pending_removals]
        if desired and self._unreconciled(desired):
            moments.append(self._own_due_at(desired.details.slot, now))
        elif desired and self.meeting:
            moments.append(self.meeting.due_at(now))
        if self.meeting and self.meeting.account.email:
            moments.append(max(self.meeting.details.slot.ends_at, now))
        return min((moment for moment in moments if moment), default=None)

    def _own_due_at(self, slot: Slot, now: datetime) -> datetime | None:
        if self.sync_failure and self.sync_failure.kind is FailureKind.FAILED:
            return None
        next_try = self.sync_failure.until if self.sync_failure else now
        if next_try and self.meeting and self.meeting.absence:
            next_try = max(next_try, self.meeting.absence.ask_at)
        if self.meeting and not self.meeting.heard:
            return next_try
        return min(next_try or slot.starts_at, max(slot.starts_at, now))  # once the booking begins, no retry follows

    def _unreconciled(self, desired: DesiredMeeting) -> bool:
        return self.meeting is None or not self.meeting.agrees_with(desired)

    def swept(self, desired: DesiredMeeting | None, now: datetime) -> "Reconciliation":
        """Applies what depends on time alone: hopeless removals, erasures due, and the start of the booking."""
        hopeful = tuple(left for left in self.pending_removals if not (left.hopeless_at and left.hopeless_at <= now))
        sweep = replace(self, pending_removals=hopeful)
        if self.meeting and self.meeting.account.email and self.meeting.details.slot.ends_at <= now:
            sweep = replace(sweep, meeting=replace(self.meeting, account=self.meeting.account.without_email()))
        if desired and desired.details.slot.begun(now):
            sweep = replace(sweep, meeting=sweep.meeting and sweep.meeting.present())._once_begun(desired)
            sweep = replace(sweep, meeting=sweep.meeting and sweep.meeting.without_failure())
        elif (
            desired and sweep.meeting and sweep.meeting.account.out_of_reach and not sweep.meeting.agrees_with(desired)
        ):
            sweep = sweep.released(Reason.OTHER_ACCOUNT, None)  # the caller holds the lease: no call is under way
        return sweep if desired and sweep._unreconciled(desired) else replace(sweep, sync_failure=None)

    def _once_begun(self, desired: DesiredMeeting) -> "Reconciliation":
        """After the start no provider creates or moves the meeting. A title or an end that was not sent no longer
        matters."""
        if self.meeting and not self.meeting.heard:
            return self  # find by marker goes on
        if self.meeting and not self.meeting.changing and self.meeting.starts_with(desired):
            return replace(self, meeting=replace(self.meeting, details=desired.details))
        if self.sync_failure and self.sync_failure.kind is FailureKind.FAILED:
            return self
        return replace(self, sync_failure=SyncFailure(FailureKind.FAILED, FailureReason.SESSION_BEGAN, 0))

    # --- applying the provider's answers: see `domain.meeting.answers`

    def serves_with(self, meeting: Meeting) -> bool:
        return self.meeting is not None and self.meeting.same_as(meeting)

    def link_change_after(self, reason: Reason) -> LinkChange | None:
        """The link change after the present meeting is given up for this reason."""
        why = LinkChangeReason.after(reason)
        if why is None:
            return None
        held = self.meeting is not None and self.meeting.join_link is not None
        return LinkChange(why) if held else self.link_change and replace(self.link_change, at=None)


def _upkeep(meeting: Meeting, desired: DesiredMeeting, now: datetime) -> Step | None:
    """The next step for a meeting that the provider confirmed."""
    if meeting.absence and meeting.absence.ask_at > now:
        return None
    if meeting.to_be_verified:
        return Verify(meeting, Reason.MISSING)
    if meeting.to_be_searched:
        return Find(meeting, Reason.MISSING)
    if not meeting.agrees_with(desired):
        return Change(meeting, desired.details, Reason.EDITED)
    look = meeting.next_verification
    return Verify(meeting, look.reason) if look and look.at <= now else None
