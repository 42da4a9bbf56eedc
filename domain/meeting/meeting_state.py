"""The state of a booking's meeting as people see it: one of five statuses, with a reason."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.failure_reason import FailureReason
from domain.meeting.meeting import DesiredMeeting
from domain.meeting.pending_removal import PendingRemoval
from domain.meeting.reconciliation import Reconciliation
from domain.meeting.sync_failure import FailureKind, SyncFailure
from domain.meeting.verification import Difference


@dataclass(frozen=True, slots=True)
class StuckMeeting:
    """A meeting that only a person can remove. `number` is the provider's id; `account` the e-mail address of the
    account there, empty when it is no longer known, for example after the consultant removed Calendra there; `reason` a
    stable word."""

    provider: str
    host_id: UUID
    number: str | None
    account: str
    reason: str


class MeetingStatus(StrEnum):
    NONE = "none"  # there is no desired meeting
    WANTED = "wanted"  # a create, a change or a verification is under way
    READY = "ready"  # the provider's meeting agrees with the desired meeting
    WAITING = "waiting"  # for the next retry, or for the consultant
    FAILED = "failed"  # there is no retry


@dataclass(frozen=True, slots=True)
class MeetingState:
    """`reason` is a stable word; `until` the next retry.

    `waits_for` is the consultant who has to connect; `removing` counts pending removals, `stuck` those of them that
    need a person. `verified_at` is when the provider last confirmed the meeting, `differs` what its host changed there:
    moved, resized, renamed. `link_changed_at` is when the present link replaced one that clients may still have, None
    once a person has acknowledged that; `link_change_reason` says why: vanished, disconnected, other_account, provider.
    A ready meeting with the `reason` other_account is in an account that is no longer connected; `detail` is the
    account's e-mail address, when known.
    """

    status: MeetingStatus
    reason: str
    detail: str
    until: datetime | None
    waits_for: UUID | None
    join_link: str | None
    removing: int
    stuck: int
    verified_at: datetime | None = None
    differs: tuple[Difference, ...] = ()
    link_changed_at: datetime | None = None
    link_change_reason: str = ""
    stuck_meetings: tuple[StuckMeeting, ...] = ()


NO_MEETING = MeetingState(MeetingStatus.NONE, "", "", None, None, None, 0, 0)


def meeting_state(reconciliation: Reconciliation, desired: DesiredMeeting | None) -> MeetingState:
    state = _own(reconciliation, desired) if desired else NO_MEETING
    removing = len(reconciliation.pending_removals)
    change = reconciliation.link_change
    if change and change.at and state.join_link:
        state = replace(state, link_changed_at=change.at, link_change_reason=change.reason)
    stuck = tuple(_stuck(left) for left in reconciliation.pending_removals if left.stuck)
    return replace(state, removing=removing, stuck=len(stuck), stuck_meetings=stuck)


def _stuck(left: PendingRemoval) -> StuckMeeting:
    meeting, reason = left.meeting, left.sync_failure.reason if left.sync_failure else ""
    return StuckMeeting(meeting.provider, meeting.host_id, meeting.id, meeting.account.email, reason)


def _own(reconciliation: Reconciliation, desired: DesiredMeeting) -> MeetingState:
    meeting = reconciliation.meeting
    link, verified_at = (meeting.join_link, meeting.verification.verified_at) if meeting else (None, None)
    if reconciliation.sync_failure:
        return replace(_failing(reconciliation.sync_failure, desired), join_link=link, verified_at=verified_at)
    if meeting is None or not meeting.agrees_with(desired):
        reason = "verifying" if meeting and meeting.absence else "changing" if link else "making"
        return replace(_state(MeetingStatus.WANTED, reason), join_link=link, verified_at=verified_at)
    if link is None:
        return _state(MeetingStatus.NONE, "link_erased")
    ready = _state(MeetingStatus.READY)
    if meeting.verification.sync_failure and meeting.verification.waits_for_consultant:
        ready = _failing(meeting.verification.sync_failure, desired)
    if meeting.account.out_of_reach:
        ready = _state(MeetingStatus.READY, FailureReason.OTHER_ACCOUNT, meeting.account.email)
    return replace(ready, join_link=link, verified_at=verified_at, differs=meeting.verification.differs)


def _failing(sync_failure: SyncFailure, desired: DesiredMeeting) -> MeetingState:
    if sync_failure.queued:
        return replace(_state(MeetingStatus.WANTED, sync_failure.reason), until=sync_failure.until)
    status = MeetingStatus.FAILED if sync_failure.kind is FailureKind.FAILED else MeetingStatus.WAITING
    who = desired.host_id if sync_failure.kind is FailureKind.CONSULTANT else None
    waiting = _state(status, sync_failure.reason, sync_failure.detail)
    return replace(waiting, until=sync_failure.until, waits_for=who)


def _state(status: MeetingStatus, reason: str = "", detail: str = "") -> MeetingState:
    return replace(NO_MEETING, status=status, reason=reason, detail=detail)
