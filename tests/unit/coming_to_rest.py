"""The invariants that must hold when the faults have ended and enough time has passed."""

from datetime import datetime, timedelta

from domain.meeting.meeting_state import MeetingStatus
from domain.meeting.sync_failure import FailureKind
from tests.unit.reconciling_world import HOSTS, PENDING, ReconcilingWorld

MOST_ROUNDS = 60
SOME_HOURS = timedelta(hours=3)  # longer than the longest back-off and limit


def it_comes_right(world: ReconcilingWorld) -> None:
    """Late answers arrive, processes that have not called yet die, all consultants connect again, and some hours pass;
    then the rest of all time."""
    for reconciler in [one for one in world.reconcilers if one.answer is not PENDING]:
        world.record(reconciler)
    if world.booking is None:
        _finish_everything(world)  # the process that made a meeting for an erased booking removes it
    world.reconcilers.clear()
    for host in HOSTS:
        if host not in world.provider.connected:
            world.connect(host)
    began_before = world.booking is not None and world.booking.details.slot.begun(world.now + SOME_HOURS)
    _let_time_pass(world, world.now + SOME_HOURS)
    if not began_before:
        _one_right_meeting_or_none(world)
    _let_time_pass(world, world.now + timedelta(days=1000))
    assert world.booking is None or not world.booking.deleted


def _one_right_meeting_or_none(world: ReconcilingWorld) -> None:
    one = world.booking
    assert one is None or not one.deleted or one.reconciliation.pending_removals
    assert _left_behind(world) <= _refused_to_go(world)
    if one is None or one.desired is None or _excused(world):
        return
    assert one.meeting.status is MeetingStatus.READY
    assert one.reconciliation.meeting
    kept = world.provider.meetings[str(one.reconciliation.meeting.id)]
    assert one.desired.is_of(kept.host)
    assert kept.marker == one.reconciliation.meeting.marker
    by_hand = one.reconciliation.meeting.id in world.renamed
    assert kept.details == one.desired.details or by_hand
    assert one.meeting.join_link == f"https://meet.example.com/{one.reconciliation.meeting.id}"


def _let_time_pass(world: ReconcilingWorld, until: datetime) -> None:
    for _ in range(MOST_ROUNDS):
        due_at = world.booking.due_at(world.now) if world.booking else None
        if due_at is None or due_at > until:
            return
        world.now = max(world.now, due_at)
        assert world.work()
        _nothing_is_due_twice(world)
        _finish_everything(world)
        _nothing_is_due_twice(world)
    raise AssertionError("it never comes to rest")


def _finish_everything(world: ReconcilingWorld) -> None:
    for _ in range(MOST_ROUNDS):
        if not world.reconcilers:
            return
        world.finish(world.reconcilers[0])
    raise AssertionError("it never stops calling")


def _nothing_is_due_twice(world: ReconcilingWorld) -> None:
    due_at = world.booking.due_at(world.now) if world.booking else None
    assert due_at is None or due_at > world.now


def _left_behind(world: ReconcilingWorld) -> set[str]:
    """A refused search leaves the booking failed, with its marker; an edit searches again."""
    own = world.booking.reconciliation.meeting if world.booking else None
    return {
        meeting_id
        for meeting_id, kept in world.alive().items()
        if own is None or own.marker != kept.marker or own.id not in (None, meeting_id)
    }


def _refused_to_go(world: ReconcilingWorld) -> set[str]:
    pending_removals = world.booking.reconciliation.pending_removals if world.booking else ()
    assert all(
        left.stuck and left.sync_failure and left.sync_failure.kind is FailureKind.FAILED for left in pending_removals
    )
    unheard = {left.meeting.marker for left in pending_removals if not left.meeting.heard}
    named = {str(left.meeting.id) for left in pending_removals}
    return named | {one for one, kept in world.provider.meetings.items() if kept.marker in unheard}


def _excused(world: ReconcilingWorld) -> bool:
    """A refusal stands until an edit, and the next verification notices a meeting that a host removed by hand."""
    assert world.booking
    meeting = world.booking.reconciliation.meeting
    gone_by_hand = meeting is not None and meeting.id in world.vanished
    return gone_by_hand or world.booking.meeting.reason == "refused"
