"""Whatever people, processes and the provider do, in whatever order: in the end there is one right meeting, or none."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.booking import Terms
from domain.meeting_state import MeetingStanding
from domain.trouble import TroubleKind
from tests.builders import ANA, BOR, LEASE, OTHER_PROVIDER, PROVIDER, terms
from tests.unit.pretended_provider import Fault, Host
from tests.unit.settling_world import PENDING, Settler, SettlingWorld

HOSTS = [(provider, who) for provider in (PROVIDER, OTHER_PROVIDER) for who in (ANA, BOR)]
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
MOST_ROUNDS = 60

some_terms = st.builds(
    terms,
    hours=st.sampled_from([0.01, 1, 24, 24, 30]),
    title=st.sampled_from(["Session", "Talk"]),
    consultant_id=st.sampled_from([ANA, ANA, BOR]),
    provider=st.sampled_from([PROVIDER, PROVIDER, PROVIDER, OTHER_PROVIDER, None]),
)
some_host = st.sampled_from([*HOSTS[:2] * 2, *HOSTS[2:]])
which = st.integers(0, 3)
pauses = st.sampled_from([SECOND, 6 * SECOND, 6 * SECOND, LEASE / 2, LEASE + SECOND, LEASE + SECOND, HOUR, DAY])
faults = st.sampled_from([Fault.NONE, *Fault])

Event = tuple[str, Any]


def _often(times: int, name: str, strategy: st.SearchStrategy[Any]) -> list[st.SearchStrategy[Event]]:
    return [st.tuples(st.just(name), strategy)] * times


# One rule with weighted events: of many rules, a run would see only some, and most of these need each other.
EVENTS = st.sampled_from(
    [
        *_often(2, "edit", some_terms),
        *_often(3, "retitle", st.sampled_from(["Session", "Talk"])),
        *_often(1, "cancel", which),
        *_often(1, "delete", which),
        *_often(1, "disconnect", st.tuples(some_host, st.booleans())),
        *_often(2, "connect", some_host),
        *_often(1, "vanish", which),
        *_often(4, "time_passes", pauses),
        *_often(4, "work", st.none()),
        *_often(5, "call", st.tuples(which, faults)),
        *_often(4, "record", which),
        *_often(5, "go_on", which),
        *_often(2, "crash", which),
    ]
).flatmap(lambda strategy: strategy)


class Settling(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.world = SettlingWorld()
        self.world.provider.connected.update(HOSTS)

    @initialize(wanted=some_terms)
    def plan(self, wanted: Terms) -> None:
        self.world.plan(wanted)

    @rule(event=EVENTS)
    def happens(self, event: Event) -> None:
        name, detail = event
        getattr(self, f"_{name}")(detail)

    # --- what people do ----------------------------------------------------------------------------------------

    def _edit(self, wanted: Terms) -> None:
        if self.world.open:
            self.world.edit(wanted)

    def _retitle(self, title: str) -> None:
        """Changing there and back, which edits of everything seldom do."""
        if self.world.booking and self.world.open:
            self.world.edit(replace(self.world.booking.terms, title=title))

    def _cancel(self, sure: int) -> None:
        if sure == 0 and self.world.open:
            self.world.cancel()

    def _delete(self, sure: int) -> None:
        if sure == 0 and self.world.booking and not self.world.booking.deleted:
            self.world.delete()

    def _disconnect(self, how: tuple[Host, bool]) -> None:
        self.world.disconnect(how[0], withdrawing=how[1])

    def _connect(self, host: Host) -> None:
        self.world.connect(host)

    def _vanish(self, number: int) -> None:
        if ids := sorted(self.world.provider.meetings):
            self.world.vanish(ids[number % len(ids)])

    # --- what processes do -------------------------------------------------------------------------------------

    def _time_passes(self, by: timedelta) -> None:
        self.world.now += by

    def _work(self, _: None) -> None:
        self.world.work()

    def _call(self, how: tuple[int, Fault]) -> None:
        if waiting := self._uncalled():
            self.world.call(waiting[how[0] % len(waiting)], how[1])

    def _record(self, number: int) -> None:
        if answered := self._called():
            self.world.record(answered[number % len(answered)])

    def _go_on(self, number: int) -> None:
        if self.world.settlers:
            self.world.finish(self.world.settlers[number % len(self.world.settlers)])

    def _crash(self, number: int) -> None:
        if self.world.settlers:
            self.world.settlers.pop(number % len(self.world.settlers))

    def _uncalled(self) -> list[Settler]:
        return [one for one in self.world.settlers if one.answer is PENDING]

    def _called(self) -> list[Settler]:
        return [one for one in self.world.settlers if one.answer is not PENDING]

    # --- what always holds -------------------------------------------------------------------------------------

    @invariant()
    def a_link_is_only_shown_while_it_is_wanted(self) -> None:
        one = self.world.booking
        if one and one.meeting.join_link:
            assert one.wish
            assert one.settlement.meeting
            assert one.settlement.meeting.serves(one.wish)

    @invariant()
    def nothing_that_time_can_mend_is_forgotten(self) -> None:
        one = self.world.booking
        if one is None:
            return
        settlement = one.settlement
        mendable = any(not left.stuck for left in settlement.leftovers)
        if one.wish and one.meeting.standing in (MeetingStanding.WANTED, MeetingStanding.WAITING):
            mendable |= not (settlement.trouble and settlement.trouble.kind is TroubleKind.CONSULTANT)
        assert not mendable or one.due_at(self.world.now) is not None

    @invariant()
    def ready_means_that_it_was_so_when_it_was_last_heard_of(self) -> None:
        one = self.world.booking
        if one and one.wish and one.meeting.standing is MeetingStanding.READY:
            meeting = one.settlement.meeting
            assert meeting
            kept = self.world.provider.meetings.get(str(meeting.id))
            told = one.wish.details.slot.begun(self.world.now) or (kept and kept.details == one.wish.details)
            assert meeting.id in self.world.vanished or told

    # --- when the faults have ended ----------------------------------------------------------------------------

    def teardown(self) -> None:
        if self.world.booking is None and not self.world.settlers:
            assert not self._left_behind()
            return
        self._let_the_faults_end()
        self._let_time_pass()
        self._one_right_meeting_or_none()

    def _let_the_faults_end(self) -> None:
        """Late answers are heard, whoever has not called yet has died, and everybody connects again."""
        for settler in self._called():
            self.world.record(settler)
        while late := [one for one in self.world.settlers if self.world.booking is None]:
            self.world.finish(late[0])  # what was made for a booking that is gone is removed by who made it
        self.world.settlers.clear()
        for host in HOSTS:
            self.world.connect(host)

    def _let_time_pass(self) -> None:
        for _ in range(MOST_ROUNDS):
            due_at = self.world.booking.due_at(self.world.now) if self.world.booking else None
            if due_at is None:
                return
            self.world.now = max(self.world.now, due_at)
            assert self.world.work()
            self._nothing_is_due_twice()
            while self.world.settlers:
                self.world.finish(self.world.settlers[0])
            self._nothing_is_due_twice()
        raise AssertionError("it never comes to rest")

    def _nothing_is_due_twice(self) -> None:
        due_at = self.world.booking.due_at(self.world.now) if self.world.booking else None
        assert due_at is None or due_at > self.world.now

    def _one_right_meeting_or_none(self) -> None:
        one = self.world.booking
        assert one is None or one.status != "deleted" or one.settlement.leftovers
        assert set(self._left_behind()) <= self._refused_to_go()
        if one is None or one.wish is None or self._excused():
            return
        assert one.meeting.standing is MeetingStanding.READY
        assert one.settlement.meeting
        kept = self.world.provider.meetings[str(one.settlement.meeting.id)]
        assert (*kept.host, kept.marker) == (one.wish.provider, one.wish.host_id, one.settlement.meeting.marker)
        assert one.wish.details.slot.begun(self.world.now) or kept.details == one.wish.details
        assert one.meeting.join_link == f"https://meet.example.com/{one.settlement.meeting.id}"

    def _left_behind(self) -> list[str]:
        """A refused look leaves the booking failed, with its marker; an edit looks again."""
        own = self.world.booking and self.world.booking.settlement.meeting
        return [
            meeting_id
            for meeting_id, kept in self.world.alive().items()
            if own is None or own.marker != kept.marker or own.id not in (None, meeting_id)
        ]

    def _refused_to_go(self) -> set[str]:
        leftovers = self.world.booking.settlement.leftovers if self.world.booking else ()
        assert all(left.stuck and left.trouble and left.trouble.kind is TroubleKind.FAILED for left in leftovers)
        return {str(left.meeting.id) for left in leftovers}

    def _excused(self) -> bool:
        """The provider's refusal stands until an edit, and what somebody removed by hand shows at the next edit."""
        assert self.world.booking
        meeting = self.world.booking.settlement.meeting
        gone_by_hand = meeting is not None and meeting.id in self.world.vanished
        return gone_by_hand or self.world.booking.meeting.standing is MeetingStanding.FAILED


TestSettling = Settling.TestCase
TestSettling.settings = settings(
    max_examples=1000,
    stateful_step_count=40,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
