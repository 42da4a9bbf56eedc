"""Applies a provider's answer to a reconciliation that people may have changed during the call."""

from dataclasses import replace
from datetime import datetime

from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.meeting.link_change import LinkChange, LinkChangeReason
from domain.meeting.meeting import HeldMeeting, Meeting, ObservedMeeting
from domain.meeting.pending_removal import PendingRemoval
from domain.meeting.reason import Reason
from domain.meeting.reconciliation import Reconciliation
from domain.meeting.steps import Change, Create, Find, Remove, Step, Verify
from domain.meeting.sync_failure import sync_failure_from
from domain.provider_errors import Gone, NeedsConsultant, Refused, TryLater

Answer = HeldMeeting | ObservedMeeting | tuple[HeldMeeting, ...] | None


def recorded(it: Reconciliation, step: Step, answer: Answer | ProviderError, now: datetime) -> Reconciliation:
    """Applies the step's answer to the present reconciliation, which people may have changed during the call."""
    if isinstance(answer, ProviderError):
        return _failed(it, step, answer, now)
    it = _attributed(it, step.meeting)
    match step, answer:
        case Create(), HeldMeeting():
            return _found(it, step.meeting, (answer,), now)
        case Find(), tuple() if step.meeting.heard:
            return _searched(it, step.meeting, answer, now)
        case Find(), tuple():
            return _found(it, step.meeting, answer, now) if answer else _never_made(it, step.meeting, Reason.UNHEARD)
        case Change(), HeldMeeting() if it.serves_with(step.meeting):
            return _holding(it, step.meeting.confirmed(answer, step.details, now), now)
        case Verify(), ObservedMeeting() if it.meeting and it.serves_with(step.meeting):
            return _holding(it, it.meeting.verified(answer, step.meeting, now), now)
        case Remove(), None:
            return _lost(it, step.meeting, Reason.REMOVED)
    return it


def _attributed(it: Reconciliation, asked: Meeting) -> Reconciliation:
    """The provider answered about the meeting, so the meeting is in the account whose access token was used."""
    if it.meeting is None or not it.serves_with(asked):
        return it
    return replace(it, meeting=it.meeting.reached_as(asked.account.key))


def _holding(it: Reconciliation, meeting: Meeting, now: datetime) -> Reconciliation:
    """Keeps the meeting as the provider shows it now, and records a link change when its join link differs."""
    if it.meeting:  # the consultant may have connected as another user during the call
        meeting = replace(meeting, account=it.meeting.account)
    before = it.meeting and it.meeting.join_link
    changed = before and meeting.join_link and meeting.join_link != before
    link_change = LinkChange(LinkChangeReason.PROVIDER, now) if changed else it.link_change
    return replace(it, meeting=meeting, sync_failure=None, link_change=link_change)


def _searched(it: Reconciliation, meeting: Meeting, held: tuple[HeldMeeting, ...], now: datetime) -> Reconciliation:
    """Applies the result of find by marker, after the provider reported the meeting absent twice."""
    if not held:
        return _lost(it, meeting, Reason.VANISHED)
    one = next((one for one in held if one.id == meeting.id), held[0])
    doubles = tuple(other for other in held if other != one)
    if it.meeting and it.serves_with(meeting):
        return _doubled(_holding(it, it.meeting.found(one, now), now), it.meeting, doubles, now)
    pending_removals = tuple(
        left.found(one, now) if left.meeting.same_as(meeting) else left for left in it.pending_removals
    )
    return _doubled(replace(it, pending_removals=pending_removals), meeting, doubles, now)


def _doubled(it: Reconciliation, meeting: Meeting, held: tuple[HeldMeeting, ...], now: datetime) -> Reconciliation:
    known = {one.id for one in it.meetings}
    found = (meeting.confirmed(one, meeting.details, now).without_link() for one in held if one.id not in known)
    return replace(it, pending_removals=(*it.pending_removals, *(PendingRemoval(one, Reason.DOUBLED) for one in found)))


def _found(it: Reconciliation, meeting: Meeting, held: tuple[HeldMeeting, ...], now: datetime) -> Reconciliation:
    """Keeps the first meeting found. Any other with the same marker is a double and becomes a pending removal."""
    found = [meeting.confirmed(one, meeting.details, now) for one in held]
    if it.meeting and it.serves_with(meeting):
        first = replace(found[0], account=it.meeting.account)
        known = it.meeting if it.meeting.heard else first  # a late answer about a confirmed meeting adds nothing
        doubles = tuple(PendingRemoval(one.without_link(), Reason.DOUBLED) for one in found if one.id != known.id)
        link_change = it.link_change and it.link_change.came(now)
        return replace(
            it,
            meeting=known,
            sync_failure=None,
            pending_removals=it.pending_removals + doubles,
            link_change=link_change,
        )
    reasons = [left.reason for left in it.pending_removals if left.meeting.marker == meeting.marker]
    late = tuple(PendingRemoval(one.without_link(), reasons[0] if reasons else Reason.UNWANTED) for one in found)
    known_before = {left.meeting.id for left in it.pending_removals}
    new = tuple(left for left in late if left.meeting.id not in known_before)
    return replace(it, pending_removals=(*_without_unheard(it, meeting), *new))


def _lost(it: Reconciliation, meeting: Meeting, reason: Reason) -> Reconciliation:
    """The provider certainly no longer holds the meeting."""
    if it.serves_with(meeting):
        link_change = it.link_change_after(reason)
        return replace(it, meeting=None, sync_failure=None, reason=reason, link_change=link_change)
    return replace(
        it, pending_removals=tuple(left for left in it.pending_removals if not left.meeting.same_as(meeting))
    )


def _never_made(it: Reconciliation, meeting: Meeting, reason: Reason) -> Reconciliation:
    """The meeting does not exist, unless another answer has confirmed it since. The back-off is kept and goes on
    growing."""
    if it.meeting and it.serves_with(meeting):
        return it if it.meeting.heard else replace(it, meeting=None, reason=reason)
    return replace(it, pending_removals=_without_unheard(it, meeting))


def _failed(it: Reconciliation, step: Step, error: ProviderError, now: datetime) -> Reconciliation:
    if isinstance(error, Gone) and isinstance(step, Change | Remove | Verify):
        return _missed(it, step.meeting, now)
    elsewhere = isinstance(error, NeedsConsultant) and error.reason is FailureReason.OTHER_ACCOUNT
    if elsewhere and it.meeting and it.serves_with(step.meeting):
        return replace(it, meeting=it.meeting.lost_sight_of(), sync_failure=None)
    if isinstance(step, Verify) and not step.meeting.absence:
        return _unseen(it, step.meeting, error, now)
    if isinstance(step, Verify | Find) and step.meeting.absence and isinstance(error, Refused):
        error = TryLater(
            reason=FailureReason.PROVIDER_DOWN, answered=error.answered
        )  # reading is always safe to repeat
    if isinstance(step, Create) and not (isinstance(error, TryLater) and error.unheard):
        unmade = _never_made(it, step.meeting, it.reason)
        mine = it.serves_with(step.meeting)
        return (
            replace(unmade, sync_failure=sync_failure_from(error, it.sync_failure, now, step.meeting.marker))
            if mine
            else unmade
        )
    if it.serves_with(step.meeting):
        return replace(it, sync_failure=sync_failure_from(error, it.sync_failure, now, step.meeting.marker))
    pending_removals = tuple(
        left.failed(error, now) if left.meeting.same_as(step.meeting) else left for left in it.pending_removals
    )
    return replace(it, pending_removals=pending_removals)


def _missed(it: Reconciliation, meeting: Meeting, now: datetime) -> Reconciliation:
    if it.meeting and it.serves_with(meeting):
        return replace(it, meeting=it.meeting.missed(now), sync_failure=None)
    pending_removals = tuple(
        left.missed(now) if left.meeting.same_as(meeting) else left for left in it.pending_removals
    )
    return replace(it, pending_removals=pending_removals)


def _unseen(it: Reconciliation, meeting: Meeting, error: ProviderError, now: datetime) -> Reconciliation:
    return (
        replace(it, meeting=it.meeting.verification_failed(error, now))
        if it.meeting and it.serves_with(meeting)
        else it
    )


def _without_unheard(it: Reconciliation, meeting: Meeting) -> tuple[PendingRemoval, ...]:
    """The pending removals without the one for this meeting from before the provider confirmed it."""
    return tuple(left for left in it.pending_removals if left.meeting.heard or left.meeting.marker != meeting.marker)
