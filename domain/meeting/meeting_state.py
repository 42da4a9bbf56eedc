"""The state of a booking's meeting as people see it: one of five statuses, with a reason."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.failure_reason import FailureReason
from domain.meeting.link_change import LinkChangeReason
from domain.meeting.meeting import DesiredMeeting, Meeting
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
    reason: FailureReason | None


class MeetingStatus(StrEnum):
    NONE = "none"  # there is no desired meeting
    WANTED = "wanted"  # a create, a change or a verification is under way
    READY = "ready"  # the provider's meeting agrees with the desired meeting
    WAITING = "waiting"  # for the next retry, or for the consultant
    FAILED = "failed"  # there is no retry


class MeetingReason(StrEnum):
    """Why a meeting has its status: every failure reason, and the reasons of a meeting for which no call failed."""

    MAKING = "making"
    CHANGING = "changing"
    VERIFYING = "verifying"  # the provider reported once that the meeting does not exist
    LINK_ERASED = "link_erased"
    PROVIDER_DOWN = FailureReason.PROVIDER_DOWN
    PROVIDER_LIMITED = FailureReason.PROVIDER_LIMITED
    DAILY_LIMIT = FailureReason.DAILY_LIMIT
    QUEUED = FailureReason.QUEUED
    NOT_CONNECTED = FailureReason.NOT_CONNECTED
    DISCONNECTING = FailureReason.DISCONNECTING
    CONSENT_GONE = FailureReason.CONSENT_GONE
    TOKENS_LOST = FailureReason.TOKENS_LOST
    ANSWER_LOST = FailureReason.ANSWER_LOST
    TOKENS_UNREADABLE = FailureReason.TOKENS_UNREADABLE
    REFRESHING = FailureReason.REFRESHING
    RECONNECTED = FailureReason.RECONNECTED
    SCOPE_MISSING = FailureReason.SCOPE_MISSING
    HOST_MISSING = FailureReason.HOST_MISSING
    OTHER_ACCOUNT = FailureReason.OTHER_ACCOUNT
    MISCONFIGURED = FailureReason.MISCONFIGURED
    NOT_SET_UP = FailureReason.NOT_SET_UP
    REFUSED = FailureReason.REFUSED
    ALREADY_BEGUN = FailureReason.ALREADY_BEGUN
    TIME_KEPT = FailureReason.TIME_KEPT
    TOO_MANY_MEETINGS = FailureReason.TOO_MANY_MEETINGS
    CONTRADICTION = FailureReason.CONTRADICTION
    SESSION_BEGAN = FailureReason.SESSION_BEGAN


@dataclass(frozen=True, slots=True)
class MeetingState:
    """`until` is the next retry.

    `waits_for` is the consultant who has to connect; `removing` counts pending removals, `stuck` those of them that
    need a person. `verified_at` is when the provider last confirmed the meeting, `differs` what its host changed there.
    `link_changed_at` is when the present link replaced one that clients may still have, None once a person has
    acknowledged that; `link_change_reason` says why.
    A ready meeting with the `reason` other_account is in an account that is no longer connected; `detail` is the
    account's e-mail address, when known.
    """

    status: MeetingStatus
    reason: MeetingReason | None
    detail: str
    until: datetime | None
    waits_for: UUID | None
    join_link: str | None
    removing: int
    stuck: int
    verified_at: datetime | None = None
    differs: tuple[Difference, ...] = ()
    link_changed_at: datetime | None = None
    link_change_reason: LinkChangeReason | None = None
    stuck_meetings: tuple[StuckMeeting, ...] = ()


NO_MEETING = MeetingState(MeetingStatus.NONE, None, "", None, None, None, 0, 0)


def meeting_state(reconciliation: Reconciliation, desired: DesiredMeeting | None) -> MeetingState:
    state = _own(reconciliation, desired) if desired else NO_MEETING
    removing = len(reconciliation.pending_removals)
    change = reconciliation.link_change
    if change and change.at and state.join_link:
        state = replace(state, link_changed_at=change.at, link_change_reason=change.reason)
    stuck = tuple(_stuck(left) for left in reconciliation.pending_removals if left.stuck)
    return replace(state, removing=removing, stuck=len(stuck), stuck_meetings=stuck)


def _stuck(left: PendingRemoval) -> StuckMeeting:
    meeting, reason = left.meeting, left.sync_failure.reason if left.sync_failure else None
    return StuckMeeting(meeting.provider, meeting.host_id, meeting.id, meeting.account.email, reason)


def _own(reconciliation: Reconciliation, desired: DesiredMeeting) -> MeetingState:
    meeting = reconciliation.meeting
    link, verified_at = (meeting.join_link, meeting.verification.verified_at) if meeting else (None, None)
    if reconciliation.sync_failure:
        return replace(_failing(reconciliation.sync_failure, desired), join_link=link, verified_at=verified_at)
    if meeting is None or not meeting.agrees_with(desired):
        return replace(_state(MeetingStatus.WANTED, _under_way(meeting)), join_link=link, verified_at=verified_at)
    if link is None:
        return _state(MeetingStatus.NONE, MeetingReason.LINK_ERASED)
    ready = _state(MeetingStatus.READY)
    if meeting.verification.sync_failure and meeting.verification.waits_for_consultant:
        ready = _failing(meeting.verification.sync_failure, desired)
    if meeting.account.out_of_reach:
        ready = _state(MeetingStatus.READY, MeetingReason.OTHER_ACCOUNT, meeting.account.email)
    return replace(ready, join_link=link, verified_at=verified_at, differs=meeting.verification.differs)


def _under_way(meeting: Meeting | None) -> MeetingReason:
    if meeting and meeting.absence:
        return MeetingReason.VERIFYING
    return MeetingReason.CHANGING if meeting and meeting.join_link else MeetingReason.MAKING


def _failing(sync_failure: SyncFailure, desired: DesiredMeeting) -> MeetingState:
    if sync_failure.queued:
        return replace(_state(MeetingStatus.WANTED, MeetingReason(sync_failure.reason)), until=sync_failure.until)
    status = MeetingStatus.FAILED if sync_failure.kind is FailureKind.FAILED else MeetingStatus.WAITING
    who = desired.host_id if sync_failure.kind is FailureKind.CONSULTANT else None
    waiting = _state(status, MeetingReason(sync_failure.reason), sync_failure.detail)
    return replace(waiting, until=sync_failure.until, waits_for=who)


def _state(status: MeetingStatus, reason: MeetingReason | None = None, detail: str = "") -> MeetingState:
    return replace(NO_MEETING, status=status, reason=reason, detail=detail)
