"""What holds after every step, whatever is under way."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from uuid import UUID

from domain.booking.booking_views import BookingQuery, BookingView
from domain.connection.connection import Connection, ConnectionStatus
from domain.meeting.host import Host
from domain.meeting.meeting_state import MeetingStatus
from tests.chaos.model.memory import Agreed
from tests.chaos.model.practice import HERE, THERE, Practice
from tests.chaos.model.violation import Violation

_EVER = BookingQuery(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC), most=500)


def shown(practice: Practice) -> dict[UUID, BookingView]:
    """Each practice sees its own data, and nothing else."""
    found: dict[UUID, BookingView] = {}
    for here in (HERE, THERE):
        views = practice.site.place.run(practice.site.storage.views.page(here.id, _EVER))
        for view in views:
            one = practice.memory.agreed.get(view.id)
            if one is None or one.organization_id != here.id:
                raise Violation("let in", f"{here.name} sees session {view.id}")
            found[view.id] = view
    return found


def check(practice: Practice) -> None:
    views, connections = shown(practice), practice.connections()
    for one in practice.memory.agreed.values():
        _is_kept(one, views.get(one.id))
    _nobody_is_in_two_sessions(views)
    for view in views.values():
        _is_true(practice, view)
        _says_where_it_is(practice, view, connections)
    _belong_to_those_who_consented(practice, connections)
    _are_well(practice, connections)
    if practice.site.log.held_open:
        raise Violation("stuck", f"a transaction was open during {practice.site.log.held_open}")


def _is_kept(one: Agreed, view: BookingView | None) -> None:
    """Nothing is lost, whatever the provider did."""
    if one.status == "deleted":
        if view:
            raise Violation("untrue", f"session {one.id} was deleted and is shown")
        return
    details = one.details
    if view is None:
        raise Violation("lost", f"session {one.id} is not shown")
    agreed = (
        details.slot.starts_at,
        details.slot.ends_at,
        details.consultant_id,
        details.title,
        details.notes,
        details.provider,
    )
    there = (view.starts_at, view.ends_at, view.consultant_id, view.title, view.notes, view.provider)
    if agreed != there or view.status.value != one.status:
        raise Violation("lost", f"session {one.id} is {there}, {view.status}, and should be {agreed}, {one.status}")


def _nobody_is_in_two_sessions(views: dict[UUID, BookingView]) -> None:
    planned = [view for view in views.values() if view.status.value == "planned"]
    for one, other in combinations(planned, 2):
        same = one.consultant_id == other.consultant_id
        if same and one.starts_at < other.ends_at and other.starts_at < one.ends_at:
            raise Violation("doubled", f"sessions {one.id} and {other.id} share a slot")


# --- what is shown of meetings -------------------------------------------------------------------------------------


def _is_true(practice: Practice, view: BookingView) -> None:
    for what in _untruths(practice, view):
        raise Violation("untrue", f"session {view.id} {what}; it shows {view.meeting}")


def _says_where_it_is(practice: Practice, view: BookingView, connections: dict[Host, Connection]) -> None:
    """A meeting in the account of another user of the provider than the connected one is out of reach."""
    made = practice.site.log.made.get(view.meeting.join_link or "")
    connection = connections.get(made.host) if made and made.host else None
    ready = view.meeting.status is MeetingStatus.READY
    if made is None or connection is None or not (connection.usable and ready):
        return
    elsewhere = connection.account.user_id != made.user_id
    if elsewhere != (view.meeting.reason == "other_account"):
        raise Violation("untrue", f"session {view.id} has a meeting of {made.user_id}; it shows {view.meeting}")


def _untruths(practice: Practice, view: BookingView) -> Iterator[str]:
    meeting = view.meeting
    one = practice.memory.agreed[view.id]
    if one.host is None and (meeting.join_link or meeting.status is not MeetingStatus.NONE):
        yield "wants no meeting"
    if meeting.join_link and not _is_theirs(practice, view, meeting.join_link):
        yield "shows a link that is not its own"
    if meeting.status is MeetingStatus.WAITING and not (meeting.until or meeting.waits_for):
        yield "waits and does not say for what"
    if meeting.waits_for not in (None, view.consultant_id):
        yield "waits for somebody else"
    if meeting.status is MeetingStatus.READY and not _is_ready(practice, view):
        yield "is not as it is said to be"


def _is_theirs(practice: Practice, view: BookingView, link: str) -> bool:
    """This provider made it for this session, in an account of its consultant."""
    made = practice.site.log.made.get(link)
    if made is None or made.provider != view.provider or practice.memory.of_marker.get(made.marker) != view.id:
        return False
    one = practice.memory.agreed[view.id]
    host = Host(one.organization_id, view.consultant_id, made.provider)
    return made.host == host and (host, made.user_id) in practice.memory.consented


def _is_ready(practice: Practice, view: BookingView) -> bool:
    link = view.meeting.join_link
    made = practice.site.log.made.get(link) if link else None
    if made is None:
        return False
    if link in practice.memory.by_hand or view.starts_at <= practice.now:
        return True
    kept = practice.site.worlds[made.provider].meetings.get(made.number)
    if kept is None:
        return False
    slot = kept.details.slot
    return (slot.starts_at, slot.ends_at, kept.details.topic) == (view.starts_at, view.ends_at, view.title)


# --- connections ---------------------------------------------------------------------------------------------------


def _belong_to_those_who_consented(practice: Practice, connections: dict[Host, Connection]) -> None:
    users = [(one.provider, one.account.user_id) for one in connections.values()]
    if len(set(users)) < len(users):
        raise Violation("let in", "one user of a provider is connected to two people")
    for host, one in connections.items():
        if (host, one.account.user_id) not in practice.memory.consented:
            raise Violation("let in", f"{host} holds an account that nobody consented to")


def _are_well(practice: Practice, connections: dict[Host, Connection]) -> None:
    """A connection stays and works, unless a person ended it at the provider or an answer with new tokens was lost."""
    under_way = {user for life, _ in practice.frozen for user in life.issued}
    torn = practice.site.log.torn
    for host, user_id in practice.memory.connected.items():
        user, found = (host.provider, user_id), connections.get(host)
        if practice.works(found) and not practice.frozen:
            torn.discard(user)
        if user in torn | under_way:
            continue
        if found is None or found.status is not ConnectionStatus.CONNECTED:
            raise Violation("lost", f"{host} was connected as {user_id} and is not any more: {found}")
        if not practice.works(found):
            raise Violation("lost", f"{host} is shown as connected and its tokens are dead")
