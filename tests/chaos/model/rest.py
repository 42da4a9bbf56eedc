"""What holds once the faults are over and time has passed: each session that needs a meeting has one correct meeting,
and there are no others. First without any person's action, then after the actions that the service asks for."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from adapters.in_memory.provider.provider_world import KeptMeeting
from domain.booking.booking_views import BookingView
from domain.booking.edits import Edits
from domain.connection.connection import Connection
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.meeting.host import Host
from domain.meeting.meeting_state import MeetingStatus
from tests.chaos.model import always, audit_log
from tests.chaos.model.connecting import connect, disconnect
from tests.chaos.model.memory import Agreed
from tests.chaos.model.practice import CONSULTANTS, USERS, Practice
from tests.chaos.model.sessions import edit
from tests.chaos.model.violation import Violation
from tests.chaos.model.work import tick, work

_MINUTES = [timedelta(minutes=minutes) for minutes in (0, 1.1, 5, 16, 16, 30, 63)]
_FORGOTTEN_AFTER = timedelta(days=1)  # of the end of a session: a meeting that cannot be removed does no harm then


def come_to_rest(practice: Practice) -> None:
    _end_the_faults(practice)
    _let_time_pass(practice)
    _judge(practice, helped=False)
    _help(practice)
    _let_time_pass(practice)
    _judge(practice, helped=True)
    _nobody_is_called_any_more(practice)
    _no_more_was_made_than_needed(practice)
    audit_log.check(practice)
    _former_accounts_are_cleared(practice)


def _end_the_faults(practice: Practice) -> None:
    for number, world in enumerate(practice.site.worlds.values()):
        world.faults.clear()
        if practice.frozen and number == 0:
            practice.go_on(0, None)
    while practice.frozen:
        practice.die(0)
        if practice.frozen:
            practice.go_on(0, None)
    always.check(practice)


def _let_time_pass(practice: Practice) -> None:
    for minutes in _MINUTES:
        tick(practice, minutes)
        always.check(practice)
    if practice.now < practice.site.log.limited_until:
        tick(practice, practice.site.log.limited_until - practice.now)
        tick(practice, timedelta(minutes=16))
        tick(practice, timedelta(minutes=63))
        always.check(practice)


# --- what people do when they are asked ----------------------------------------------------------------------------


def _help(practice: Practice) -> None:
    """Consultants who have to connect do so, and refused sessions are saved again."""
    for number, who in enumerate(CONSULTANTS):
        for provider in practice.site.worlds:
            host = Host(who.organization_id, who.id, provider)
            if not practice.works(practice.connections().get(host)) or practice.memory.asked:
                _connect_again(practice, number, host)
    for number, one in enumerate([one for one in practice.memory.agreed.values() if one.status != "deleted"]):
        if one.planned and one.id in practice.memory.refused:
            edit(practice, number, Edits(title=one.details.title), None)
    practice.memory.refused.clear()


def _connect_again(practice: Practice, number: int, host: Host) -> None:
    """As the user of before, or as one whom no other person uses."""
    connections = practice.connections()
    own = connections.get(host)
    taken = {one.account.user_id for other, one in connections.items() if other != host}
    for user in (number, number + 3, *range(len(USERS))):
        user_id = practice.user(host.provider, user) if user < len(USERS) else ""
        if user_id and user_id not in taken and (own is None or own.account.user_id == user_id):
            connect(practice, number, host.provider, user, True, None)
            return


def _former_accounts_are_cleared(practice: Practice) -> None:
    """A consultant who connects an earlier account again has the meetings removed there that no session shows."""
    for host, user_id in sorted(practice.memory.consented, key=str):
        number = next(at for at in range(len(USERS)) if practice.user(host.provider, at) == user_id)
        consultant = next(at for at, who in enumerate(CONSULTANTS) if who.id == host.consultant_id)
        connections = practice.connections()
        own = connections.get(host)
        taken = any(one.account.user_id == user_id for one in connections.values())
        if taken or (own and not practice.works(own)):
            continue
        if own:
            disconnect(practice, consultant, host.provider, MeetingsOnDisconnect.KEEP, None)
        connect(practice, consultant, host.provider, number, True, None)
        _let_time_pass(practice)
        shown = {view.meeting.join_link for view in always.shown(practice).values()}
        seen = _Seen(practice, {}, practice.connections(), helped=True)
        for kept in _ours_at(seen, host):
            if kept.join_link not in shown and not _excused(seen, kept, returned=True):
                raise Violation("left behind", f"{kept} stays in an account that is connected again")


# --- the judgement -------------------------------------------------------------------------------------------------


@dataclass
class _Seen:
    practice: Practice
    views: dict[UUID, BookingView]
    connections: dict[Host, Connection]
    helped: bool

    def reachable(self, host: Host) -> str | None:
        """The user for whom Calendra may act there now."""
        connection = self.connections.get(host)
        return connection.account.user_id if connection and self.practice.works(connection) else None


def _judge(practice: Practice, *, helped: bool) -> None:
    seen = _Seen(practice, always.shown(practice), practice.connections(), helped)
    present: set[tuple[str, str]] = set()
    for one in practice.memory.agreed.values():
        if one.host:
            present |= _has_its_meeting(seen, one)
    for host in list(seen.connections):
        for kept in _ours_at(seen, host):
            if (host.provider, kept.id) not in present and not _excused(seen, kept):
                raise Violation("left behind", f"{kept} at {host.provider} belongs to no session")


def _has_its_meeting(seen: _Seen, one: Agreed) -> set[tuple[str, str]]:
    view = seen.views[one.id]
    link = view.meeting.join_link
    made = seen.practice.site.log.made.get(link) if link else None
    present = {(made.provider, made.number)} if made else set()
    if not one.wants(seen.practice.now):
        return present
    status = view.meeting.status
    if status is MeetingStatus.READY:
        _must_be_the_only_one(seen, one, present)
    elif not _waits_rightly(seen, one, view):
        raise Violation("stuck", f"session {one.id} has no meeting at rest: {view.meeting}")
    return present


def _must_be_the_only_one(seen: _Seen, one: Agreed, present: set[tuple[str, str]]) -> None:
    assert one.host
    mine = [kept for kept in _ours_at(seen, one.host) if seen.practice.memory.of_marker[kept.marker] == one.id]
    others = [kept for kept in mine if (one.host.provider, kept.id) not in present and not _excused(seen, kept)]
    if others:
        raise Violation("doubled", f"session {one.id} has {mine}")


def _waits_rightly(seen: _Seen, one: Agreed, view: BookingView) -> bool:
    """Waits only for a named person, or after a refusal."""
    assert one.host
    meeting = view.meeting
    if seen.helped:
        return False
    if meeting.status is MeetingStatus.FAILED:
        return one.id in seen.practice.memory.refused
    if meeting.status is not MeetingStatus.WAITING or meeting.waits_for != one.details.consultant_id:
        return False
    connection = seen.connections.get(one.host)
    asked = seen.practice.memory.asked.get(one.id)
    mended = connection is not None and seen.reachable(one.host) is not None
    return not mended or (connection is not None and asked is not None and asked >= connection.connected_at)


def _ours_at(seen: _Seen, host: Host) -> list[KeptMeeting]:
    """Meetings that we made for this consultant in the account that we may act in."""
    user_id = seen.reachable(host)
    kept = seen.practice.site.worlds[host.provider].meetings_of(user_id) if user_id else ()
    return [one for one in kept if seen.practice.site.log.made[one.join_link].host == host]


def _excused(seen: _Seen, kept: KeptMeeting, *, returned: bool = False) -> bool:
    """Of a session that has begun, whose link may be erased; long over; in an account that was left for another
    meanwhile; or its removal was refused, which a person has to mend there."""
    practice, memory = seen.practice, seen.practice.memory
    one = memory.agreed[memory.of_marker[kept.marker]]
    begun = one.host is not None and not one.wants(practice.now)
    over = kept.details.slot.ends_at + _FORGOTTEN_AFTER <= practice.now
    asked = not seen.helped and one.id in memory.asked
    abandoned = kept.join_link in memory.abandoned and not returned
    return begun or over or asked or abandoned or kept.marker in memory.refused_removals


# --- calls ---------------------------------------------------------------------------------------------------------


def _nobody_is_called_any_more(practice: Practice) -> None:
    before = len(practice.site.log.calls)
    practice.move(timedelta(seconds=1))
    work(practice)
    calls = [call for call in practice.site.log.calls[before:] if call.operation != "read"]
    if calls:
        raise Violation("untrue", f"nothing has changed, and the provider was called: {calls}")


def _no_more_was_made_than_needed(practice: Practice) -> None:
    for one in practice.memory.agreed.values():
        made = [meeting for meeting in practice.site.log.made.values()
                if practice.memory.of_marker[meeting.marker] == one.id]  # fmt: skip
        if len(made) > practice.memory.creates[one.id]:
            raise Violation("doubled", f"{len(made)} meetings were made for session {one.id}: {made}")
        if len({(meeting.marker) for meeting in made}) < len(made):
            raise Violation("doubled", f"session {one.id} has two meetings of one create: {made}")
    practice.counts.meetings += len(practice.site.log.made)
