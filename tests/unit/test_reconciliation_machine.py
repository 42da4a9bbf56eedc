"""After any operations of people, processes and the provider, in any order, there is one right meeting, or none."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from adapters.in_memory.provider.fault import Fault
from domain.booking.booking import BookingDetails
from domain.meeting.host import Host
from domain.meeting.meeting_state import MeetingStatus
from domain.meeting.sync_failure import FailureKind
from tests.builders import ANA, BOR, LEASE, OTHER_PROVIDER, PROVIDER, details
from tests.unit.coming_to_rest import it_comes_right
from tests.unit.pretended_provider import FAULTS
from tests.unit.reconciling_world import HOSTS, PENDING, Reconciler, ReconcilingWorld

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)

some_details = st.builds(
    details,
    hours=st.sampled_from([0.01, 24, 30, 48, 300, 300]),
    title=st.sampled_from(["Session", "Talk"]),
    consultant_id=st.sampled_from([ANA, ANA, BOR]),
    provider=st.sampled_from([PROVIDER, PROVIDER, PROVIDER, OTHER_PROVIDER, None]),
)
some_host = st.sampled_from([*HOSTS[:2] * 2, *HOSTS[2:]])
which = st.integers(0, 3)
pauses = st.sampled_from([SECOND, 6 * SECOND, LEASE / 2, LEASE + SECOND, LEASE + SECOND, HOUR, DAY])
faults = st.sampled_from([None, None, *FAULTS])

Event = tuple[str, Any]


def _often(times: int, name: str, strategy: st.SearchStrategy[Any]) -> list[st.SearchStrategy[Event]]:
    return [st.tuples(st.just(name), strategy)] * times


# One rule with weighted events: a run would execute only some of many rules, and most of these need each other.
EVENTS = st.sampled_from(
    [
        *_often(3, "edit", some_details),
        *_often(3, "retitle", st.sampled_from(["Session", "Talk"])),
        *_often(1, "close", st.integers(0, 15)),
        *_often(1, "disconnect", st.tuples(some_host, st.booleans())),
        *_often(1, "connect", some_host),
        *_often(1, "vanish", which),
        *_often(1, "rename", which),
        *_often(1, "hear", st.none()),
        *_often(2, "time_passes", pauses),
        *_often(2, "work", st.none()),
        *_often(8, "call", st.tuples(which, faults)),
        *_often(6, "record", which),
        *_often(1, "crash", which),
    ]
).flatmap(lambda strategy: strategy)


class Reconciling(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.world = ReconcilingWorld()

    @initialize(wanted=some_details)
    def plan(self, wanted: BookingDetails) -> None:
        self.world.plan(wanted)

    @rule(event=EVENTS)
    def happens(self, event: Event) -> None:
        name, detail = event
        getattr(self, f"_{name}")(detail)

    # --- operations of people ----------------------------------------------------------------------------------

    def _edit(self, wanted: BookingDetails) -> None:
        if self.world.open:
            self.world.edit(wanted)

    def _retitle(self, title: str) -> None:
        """Changes the title there and back, which random edits of all fields seldom do."""
        if self.world.booking and self.world.open:
            self.world.edit(replace(self.world.booking.details, title=title))

    def _close(self, how: int) -> None:
        if how == 0 and self.world.open:
            self.world.cancel()
        if how == 1 and self.world.booking and not self.world.booking.deleted:
            self.world.delete()

    def _disconnect(self, how: tuple[Host, bool]) -> None:
        self.world.disconnect(how[0], withdrawing=how[1])

    def _connect(self, host: Host) -> None:
        self.world.connect(host)

    def _vanish(self, number: int) -> None:
        ids = sorted(self.world.provider.meetings)
        if number == 0 and ids:
            self.world.vanish(ids[0])

    def _rename(self, number: int) -> None:
        ids = sorted(self.world.provider.meetings)
        if number == 0 and ids:
            self.world.rename(ids[0])

    def _hear(self, _: None) -> None:
        self.world.hear()

    # --- operations of processes -------------------------------------------------------------------------------

    def _time_passes(self, by: timedelta) -> None:
        self.world.now += by

    def _work(self, _: None) -> None:
        """The clock moves to the next due time, unless that is far away."""
        due_at = self.world.booking.due_at(self.world.now) if self.world.booking else None
        if due_at and due_at < self.world.now + 2 * HOUR:
            self.world.now = max(self.world.now, due_at)
            self.world.work()
        elif self.world.booking:
            self._retitle("Talk" if self.world.booking.details.title == "Session" else "Session")

    def _call(self, how: tuple[int, Fault | None]) -> None:
        if waiting := self._uncalled():
            self.world.call(waiting[how[0] % len(waiting)], how[1])
        else:
            self._work(None)

    def _record(self, number: int) -> None:
        """A process records its answer; a process that has not called yet calls first."""
        if self.world.reconcilers:
            self.world.finish(self.world.reconcilers[number % len(self.world.reconcilers)])
        else:
            self._work(None)

    def _crash(self, number: int) -> None:
        if self.world.reconcilers:
            self.world.reconcilers.pop(number % len(self.world.reconcilers))

    def _uncalled(self) -> list[Reconciler]:
        return [one for one in self.world.reconcilers if one.answer is PENDING]

    # --- invariants --------------------------------------------------------------------------------------------

    @invariant()
    def a_link_is_only_shown_while_it_is_wanted(self) -> None:
        one = self.world.booking
        if one and one.meeting.join_link:
            assert one.desired
            assert one.reconciliation.meeting
            assert one.reconciliation.meeting.serves(one.desired)

    @invariant()
    def nothing_that_time_can_mend_is_forgotten(self) -> None:
        one = self.world.booking
        if one is None:
            return
        reconciliation = one.reconciliation
        mendable = any(not left.stuck for left in reconciliation.pending_removals)
        if one.desired and one.meeting.status in (MeetingStatus.WANTED, MeetingStatus.WAITING):
            mendable |= not (reconciliation.sync_failure and reconciliation.sync_failure.kind is FailureKind.CONSULTANT)
        assert not mendable or one.due_at(self.world.now) is not None

    @invariant()
    def ready_means_that_it_was_so_when_it_was_last_heard_of(self) -> None:
        one = self.world.booking
        if one and one.desired and one.meeting.status is MeetingStatus.READY:
            meeting = one.reconciliation.meeting
            assert meeting
            kept = self.world.provider.meetings.get(str(meeting.id))
            told = one.desired.details.slot.begun(self.world.now) or (kept and kept.details == one.desired.details)
            assert meeting.id in self.world.vanished | self.world.renamed or told

    def teardown(self) -> None:
        it_comes_right(self.world)


TestReconciling = Reconciling.TestCase
TestReconciling.settings = settings(
    max_examples=1000,
    stateful_step_count=50,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
