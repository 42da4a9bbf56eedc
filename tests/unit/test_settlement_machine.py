"""Whatever people, processes and the provider do, in whatever order: in the end there is one right meeting, or none."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.booking import Terms
from domain.meeting_state import MeetingStanding
from domain.trouble import TroubleKind
from tests.builders import ANA, BOR, LEASE, NOW, OTHER_PROVIDER, PROVIDER, terms
from tests.unit.pretended_provider import Fault
from tests.unit.settling_world import PENDING, Settler, SettlingWorld

HOSTS = [(provider, who) for provider in (PROVIDER, OTHER_PROVIDER) for who in (ANA, BOR)]
SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=count) for count in (1, 60, 3600, 86400))
MOST_ROUNDS = 60

some_terms = st.builds(
    terms,
    hours=st.sampled_from([0.01, 1, 24, 30]),
    title=st.sampled_from(["Session", "Talk"]),
    consultant_id=st.sampled_from([ANA, BOR]),
    provider=st.sampled_from([PROVIDER, PROVIDER, OTHER_PROVIDER, None]),
)
any_number = st.integers(0, 99)


class Settling(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.world = SettlingWorld()
        self.world.provider.connected.update(HOSTS)

    # --- what people do ----------------------------------------------------------------------------------------

    @initialize(wanted=some_terms)
    def plan(self, wanted: Terms) -> None:
        self.world.plan(wanted)

    @precondition(lambda self: self.world.booking and self.world.booking.status == "planned")
    @rule(wanted=some_terms)
    def edit(self, wanted: Terms) -> None:
        self.world.edit(wanted)

    @precondition(lambda self: self.world.booking and self.world.booking.status == "planned")
    @rule(title=st.sampled_from(["Session", "Talk", "Other"]))
    def retitle(self, title: str) -> None:
        """Changing there and back, which edits of everything seldom do."""
        assert self.world.booking
        now = self.world.booking.terms
        self.world.edit(
            Terms(now.consultant_id, now.client_ids, now.slot, title, now.notes, now.online, now.provider)
        )

    @precondition(lambda self: self.world.booking and self.world.booking.status == "planned")
    @rule(sure=any_number)
    def cancel(self, sure: int) -> None:
        if sure < 25:
            self.world.cancel()

    @precondition(lambda self: self.world.booking and self.world.booking.status != "deleted")
    @rule(sure=any_number)
    def delete(self, sure: int) -> None:
        if sure < 25:
            self.world.delete()

    @rule(host=st.sampled_from(HOSTS), withdrawing=st.booleans())
    def disconnect(self, host: tuple, withdrawing: bool) -> None:
        self.world.disconnect(host, withdrawing=withdrawing)

    @rule(host=st.sampled_from(HOSTS))
    def connect(self, host: tuple) -> None:
        self.world.connect(host)

    @precondition(lambda self: self.world.provider.meetings)
    @rule(which=any_number)
    def vanish(self, which: int) -> None:
        ids = sorted(self.world.provider.meetings)
        self.world.vanish(ids[which % len(ids)])

    # --- what processes do -------------------------------------------------------------------------------------

    @rule(by=st.sampled_from([SECOND, 6 * SECOND, LEASE / 2, LEASE + SECOND, 20 * MINUTE, HOUR, DAY]))
    def time_passes(self, by: timedelta) -> None:
        self.world.now += by

    @rule()
    def work(self) -> None:
        self.world.work()

    @precondition(lambda self: self._uncalled())
    @rule(which=any_number, fault=st.sampled_from(Fault))
    def call(self, which: int, fault: Fault) -> None:
        waiting = self._uncalled()
        self.world.call(waiting[which % len(waiting)], fault)

    @precondition(lambda self: self._called())
    @rule(which=any_number)
    def record(self, which: int) -> None:
        answered = self._called()
        self.world.record(answered[which % len(answered)])

    @precondition(lambda self: self.world.settlers)
    @rule(which=any_number)
    def go_on(self, which: int) -> None:
        self.world.finish(self.world.settlers[which % len(self.world.settlers)])

    @precondition(lambda self: self.world.settlers)
    @rule(which=any_number)
    def crash(self, which: int) -> None:
        self.world.settlers.pop(which % len(self.world.settlers))

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
        one = self.world.booking
        own = one.settlement.meeting.id if one and one.settlement.meeting else None
        return [meeting_id for meeting_id in self.world.alive() if meeting_id != own]

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
    max_examples=400,
    stateful_step_count=30,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
