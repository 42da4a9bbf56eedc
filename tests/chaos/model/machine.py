"""Anything that people, providers and processes can do, in any order."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis.stateful import RuleBasedStateMachine, rule

from adapters.in_memory.provider.fault import Fault
from adapters.in_memory.provider.provider_faults import ANY
from domain.booking.edits import Edits
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.meeting.meeting import MeetingDetails
from tests.chaos.model import always, connecting, sessions
from tests.chaos.model.events import DAY, EVENTS, HOUR, Event
from tests.chaos.model.life import Stop
from tests.chaos.model.place import Place
from tests.chaos.model.practice import Counts, Practice
from tests.chaos.model.rest import come_to_rest
from tests.chaos.model.work import work


class Calendar(RuleBasedStateMachine):
    def __init__(self, place: Place, counts: Counts) -> None:
        super().__init__()
        self.practice = Practice.opened(place, counts)
        self._begin()

    def _begin(self) -> None:
        """With connections and sessions: otherwise most of what people try would be refused."""
        for who, provider in ((0, "north"), (1, "north"), (0, "south"), (2, "north")):
            connecting.connect(self.practice, who, provider, who, True, None)
        for who, days in ((0, 4), (0, 6), (1, 5)):
            sessions.book(self.practice, who, days * DAY, "north", False, None)

    @rule(event=EVENTS)
    def happens(self, event: Event) -> None:
        name, details = event
        self.practice.counts.steps += 1
        do: Callable[..., None] = getattr(self, f"_{name}")
        do(*details)
        always.check(self.practice)

    def teardown(self) -> None:
        """Also after a failure, so that no task runs on into the next program."""
        come_to_rest(self.practice)

    # --- people --------------------------------------------------------------------------------------------------

    def _book(self, who: int, ahead: timedelta, provider: str | None, by_admin: bool, stop: Stop | None) -> None:
        sessions.book(self.practice, who, ahead, provider, by_admin, stop)

    def _book_again(self, number: int, title: str, stop: Stop | None) -> None:
        sessions.book_again(self.practice, number, title, stop)

    def _edit(self, number: int, edits: Edits, stop: Stop | None) -> None:
        sessions.edit(self.practice, number, edits, stop)

    def _move(self, number: int, ahead: timedelta, stop: Stop | None) -> None:
        sessions.edit(self.practice, number, sessions.move_edits(self.practice, ahead), stop)

    def _touch(self, number: int) -> None:
        sessions.touch(self.practice, number)

    def _cancel(self, number: int, stop: Stop | None) -> None:
        sessions.cancel(self.practice, number, stop)

    def _restore(self, number: int, stop: Stop | None) -> None:
        sessions.restore(self.practice, number, stop)

    def _cancelled_and_restored(self, number: int, stop: Stop | None) -> None:
        """Often before the answer to the removal of the first meeting has arrived."""
        sessions.cancel(self.practice, number, stop)
        sessions.restore(self.practice, 0, None)

    def _delete(self, number: int, stop: Stop | None) -> None:
        sessions.delete(self.practice, number, stop)

    def _pry(self, number: int) -> None:
        sessions.edit_as_stranger(self.practice, number)

    def _connect(self, who: int, provider: str, user: int, stop: Stop | None) -> None:
        connecting.connect(self.practice, who, provider, who if user < 0 else user, True, stop)

    def _connect_with_less(self, who: int, provider: str) -> None:
        connecting.connect(self.practice, who, provider, who, False, None)

    def _disconnect(self, who: int, provider: str, meetings: MeetingsOnDisconnect, stop: Stop | None) -> None:
        connecting.disconnect(self.practice, who, provider, meetings, stop)

    def _remove_app(self, who: int, provider: str, told: str, stop: Stop | None) -> None:
        connecting.remove_app(self.practice, provider, who, told, stop)

    def _false_event(self, who: int, provider: str, kind: str) -> None:
        connecting.false_event(self.practice, provider, who, kind)

    def _erase(self, who: int, links: bool, stop: Stop | None) -> None:
        connecting.erase(self.practice, who, links, stop)

    # --- what needs several of these in a row --------------------------------------------------------------------

    def _closed_unheard(self, who: int, ahead: timedelta, how: str) -> None:
        """A session is cancelled while it is unknown whether its meeting was made."""
        self._ail("north", "create", Fault.LOST_ANSWER, 1)
        self._book(who, ahead, "north", False, None)
        self._close_newest(how)

    def _closed_while_made(self, who: int, ahead: timedelta, how: str, after: int, dies: bool) -> None:
        """Or while the call for it is under way in another process, which completes it or is killed."""
        self._book(who, ahead, "north", False, Stop(after, False))
        self._close_newest(how)
        work(self.practice)
        self.practice.go_on(len(self.practice.frozen) - 1, Stop(0, True) if dies else None)

    def _close_newest(self, how: str) -> None:
        newest = sum(one.status != "deleted" for one in self.practice.memory.agreed.values()) - 1
        if how == "offline":
            self._edit(newest, Edits(online=False), None)
        elif how == "cancel":
            self._cancel(newest, None)
        else:
            self._delete(newest, None)

    def _there_and_back(self, number: int) -> None:
        """A change whose answer was lost is taken back."""
        self._ail("north", "change", Fault.LOST_ANSWER, 1)
        self._edit(number, Edits(title="There"), None)
        self._edit(number, Edits(title="Talk"), None)

    def _refreshed_at_once(self, who: int, ahead: timedelta, other: timedelta, after: int) -> None:
        """Two processes need new tokens in the same moment."""
        self._time_passes(2 * HOUR)
        self._book(who, ahead, "north", False, Stop(after, False))
        self._book(who, other, "north", True, None)
        self.practice.go_on(len(self.practice.frozen) - 1, None)

    # --- time and processes --------------------------------------------------------------------------------------

    def _time_passes(self, by: timedelta) -> None:
        self.practice.move(by)

    def _work(self, stop: Stop | None) -> None:
        work(self.practice, stop)

    def _go_on(self, number: int, stop: Stop | None) -> None:
        if self.practice.frozen:
            self.practice.go_on(number, stop)
        else:
            work(self.practice, stop)

    def _die(self, number: int) -> None:
        self.practice.die(number)

    # --- providers -----------------------------------------------------------------------------------------------

    def _ail(self, provider: str, operation: str, kind: Fault, times: int) -> None:
        self.practice.site.worlds[provider].strike(operation, kind, times=times)
        self.practice.counts.faults += times

    def _deny(self, provider: str, operation: str, times: int) -> None:
        """The provider reports that existing meetings do not exist."""
        self._ail(provider, operation, Fault.GONE, times)

    def _outage(self, provider: str, kind: Fault) -> None:
        self._heal(provider)
        self.practice.site.worlds[provider].strike(ANY, kind, times=None)
        self.practice.counts.faults += 1

    def _heal(self, provider: str) -> None:
        self.practice.site.worlds[provider].faults.clear(ANY)

    def _host_deletes(self, number: int) -> None:
        self._by_hand(number, lambda kept: None)

    def _host_renames(self, number: int) -> None:
        self._by_hand(number, lambda kept: MeetingDetails("Renamed by hand", kept.slot))

    def _by_hand(self, number: int, act: Callable[[MeetingDetails], MeetingDetails | None]) -> None:
        there = [(world, kept) for world in self.practice.site.worlds.values() for kept in world.meetings.values()]
        if not there:
            return
        world, kept = there[number % len(there)]
        self.practice.memory.by_hand.add(kept.join_link)
        after = act(kept.details)
        if after:
            kept.details = after
        else:
            del world.meetings[kept.id]
            self.practice.memory.creates[self.practice.memory.of_marker[kept.marker]] += 1
            self.practice.memory.deleted[self.practice.memory.of_marker[kept.marker]] += 1
