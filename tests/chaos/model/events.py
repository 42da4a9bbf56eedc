"""The possible events, and how often each occurs."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from adapters.in_memory.provider.fault import Fault
from domain.booking.edits import Edits
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from tests.chaos.model.life import Stop
from tests.chaos.model.practice import ANA, BOR

SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=seconds) for seconds in (1, 60, 3600, 86400))

# Consultants: Ana, Bor, and Sana of another practice. Most events concern Ana at one provider, so that they interact.
_who = st.sampled_from([0, 0, 0, 0, 1, 1, 2])
_provider = st.sampled_from(["north", "north", "north", "south"])
_nth = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4])
_after = st.sampled_from([*range(8), *range(12)])
_stop = st.one_of(st.none(), st.builds(Stop, _after, st.booleans()))
_ahead = st.sampled_from([HOUR, 12 * HOUR, 3 * DAY, 3 * DAY + HOUR / 2, *(days * DAY for days in range(4, 12))])

_OPERATIONS = (
    "create",
    "create",
    "create",
    "change",
    "remove",
    "find",
    "read",
    "refresh",
    "exchange",
    "revoke",
    "current_user",
)
_FAULTS = (
    Fault.DOWN,
    Fault.LIMITED,
    Fault.DAILY_LIMIT,
    *[Fault.LOST_CALL] * 2,
    *[Fault.LOST_ANSWER] * 2,
    Fault.REFUSED,
    Fault.REJECTED,
    Fault.MISCONFIGURED,
    Fault.SCOPE_MISSING,
)

Event = tuple[str, tuple[Any, ...]]


def _often(times: int, name: str, *details: st.SearchStrategy[Any]) -> list[st.SearchStrategy[Event]]:
    return [st.tuples(st.just(name), st.tuples(*details))] * times


_titles = st.builds(Edits, title=st.sampled_from(["Talk", "Second talk"]))
_edits = st.one_of(
    st.builds(Edits, consultant_id=st.sampled_from([ANA.id, BOR.id])),
    st.builds(Edits, online=st.just(True), provider=st.sampled_from(["north", "south"])),
    st.just(Edits(online=False)),
)
_closings = st.sampled_from(["cancel", "delete", "offline"])

# One rule with weighted events: of many rules, a program would use only some, and most of these need each other.
EVENTS = st.sampled_from(
    [
        *_often(
            7, "book", _who, _ahead, st.sampled_from(["north", "north", "north", "south", None]), st.booleans(), _stop
        ),
        *_often(2, "book_again", _nth, st.sampled_from(["Talk", "Talk", "Other"]), _stop),
        *_often(6, "edit", _nth, _edits, _stop),
        *_often(5, "edit", _nth, _titles, _stop),
        *_often(3, "move", _nth, _ahead, _stop),
        *_often(1, "touch", _nth),
        *_often(2, "cancel", _nth, _stop),
        *_often(2, "restore", _nth, _stop),
        *_often(2, "cancelled_and_restored", _nth, _stop),
        *_often(1, "delete", _nth, _stop),
        *_often(1, "pry", _nth),
        *_often(3, "connect", _who, _provider, st.sampled_from([-1, -1, -1, 0, 1, 3]), _stop),
        *_often(2, "connect", _who, _provider, st.sampled_from([0, 1, 3]), st.none()),
        *_often(1, "connect_with_less", _who, _provider),
        *_often(2, "disconnect", _who, _provider, st.sampled_from(MeetingsOnDisconnect), _stop),
        *_often(2, "remove_app", _who, _provider, st.sampled_from(["once", "twice", "not", "unsigned"]), _stop),
        *_often(1, "false_event", _who, _provider, st.sampled_from(["forged", "old"])),
        *_often(1, "erase", _who, st.booleans(), _stop),
        *_often(3, "time_passes", st.sampled_from([SECOND, 6 * SECOND, 29 * SECOND, 31 * SECOND])),
        *_often(4, "time_passes", st.sampled_from([61 * SECOND, 61 * SECOND, 16 * MINUTE, 58 * MINUTE, 2 * HOUR, DAY])),
        *_often(1, "time_passes", st.sampled_from([4 * DAY, 31 * DAY])),
        *_often(3, "closed_unheard", _who, _ahead, _closings),
        *_often(3, "closed_while_made", _who, _ahead, _closings, st.integers(3, 7), st.booleans()),
        *_often(2, "there_and_back", _nth),
        *_often(2, "refreshed_at_once", _who, _ahead, _ahead, st.integers(5, 8)),
        *_often(6, "work", _stop),
        *_often(6, "go_on", _nth, _stop),
        *_often(2, "die", _nth),
        *_often(9, "ail", _provider, st.sampled_from(_OPERATIONS), st.sampled_from(_FAULTS), st.integers(1, 2)),
        *_often(3, "deny", _provider, st.sampled_from(["change", "read", "remove"]), st.integers(1, 3)),
        *_often(1, "outage", _provider, st.sampled_from([Fault.DOWN, Fault.LIMITED, Fault.DAILY_LIMIT])),
        *_often(1, "heal", _provider),
        *_often(1, "host_deletes", _nth),
        *_often(1, "host_renames", _nth),
    ]
).flatmap(lambda strategy: strategy)
