"""What every calendar shows."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.booking.booking import BookingStatus
from domain.booking.booking_views import BookingQuery, BookingView, ClientView, Only, Upcoming
from domain.failure_reason import FailureReason
from domain.meeting.meeting_state import MeetingReason, MeetingState, MeetingStatus
from domain.provider_errors import NeedsConsultant, TryLater
from tests.contract.storage.practice import HOUR, NOW, PROVIDER, ZONE, Practice, Storage, connected, saved, stored
from tests.contract.storage.reconciling import online, reconciled

LINK = "https://meet.example.com/m-1"
WEEK = BookingQuery(NOW, NOW + timedelta(days=7))


async def test_one_shows_everything(storage: Storage, practice: Practice) -> None:
    clients = (practice.clients[1], practice.clients[0])
    details = practice.details(clients=clients, title='T "x" \\ č', notes="line\nline", provider=PROVIDER)
    booking = online(practice.booking(details))
    await stored(storage, booking)
    assert await storage.views.one(practice.id, booking.id) == BookingView(
        id=booking.id,
        consultant_id=practice.ana.id,
        consultant="Ana",
        clients=[ClientView(one.id, one.name, one.email) for one in clients],
        starts_at=details.slot.starts_at,
        ends_at=details.slot.ends_at,
        zone=ZONE,
        title='T "x" \\ č',
        notes="line\nline",
        online=True,
        provider=PROVIDER,
        status=BookingStatus.PLANNED,
        version=1,
        meeting=MeetingState(MeetingStatus.READY, None, "", None, None, LINK, 0, 0, NOW),
    )


async def test_one_shows_why_a_meeting_waits(storage: Storage, practice: Practice) -> None:
    booking = practice.booking(practice.details(provider=PROVIDER))
    await stored(storage, booking)
    later = NOW + timedelta(minutes=3, microseconds=123456)
    await saved(storage, reconciled(booking, TryLater(reason=FailureReason.DAILY_LIMIT, until=later)))
    view = await storage.views.one(practice.id, booking.id)
    assert view is not None
    assert view.meeting == MeetingState(MeetingStatus.WAITING, MeetingReason.DAILY_LIMIT, "", later, None, None, 0, 0)
    await saved(storage, reconciled(booking, NeedsConsultant(reason=FailureReason.SCOPE_MISSING, scopes=("a:b",))))
    view = await storage.views.one(practice.id, booking.id)
    assert view is not None
    assert view.meeting == MeetingState(
        MeetingStatus.WAITING, MeetingReason.SCOPE_MISSING, "a:b", None, practice.ana.id, None, 0, 0
    )


async def test_instants_are_shown_in_utc(storage: Storage, practice: Practice) -> None:
    booking = practice.booking()
    await stored(storage, booking)
    view = await storage.views.one(practice.id, booking.id)
    assert view is not None
    assert view.starts_at.isoformat() == "2027-03-02T08:00:00+00:00"


async def test_unknown_foreign_and_deleted_sessions_are_not_shown(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    booking = online(practice.booking(practice.details(provider=PROVIDER)))
    await stored(storage, booking)
    assert await storage.views.one(practice.id, uuid4()) is None
    assert await storage.views.one(other_practice.id, booking.id) is None
    assert await storage.views.page(other_practice.id, WEEK) == []
    await saved(storage, booking.delete(expected_version=1))
    assert await storage.views.one(practice.id, booking.id) is None
    assert await storage.views.page(practice.id, WEEK) == []


async def test_cancelled_sessions_are_shown(storage: Storage, practice: Practice) -> None:
    booking = practice.booking()
    await stored(storage, booking)
    await saved(storage, booking.cancel(expected_version=1))
    assert [view.status for view in await storage.views.page(practice.id, WEEK)] == ["cancelled"]


async def test_a_page_holds_what_overlaps_its_range(storage: Storage, practice: Practice) -> None:
    hours = [-2, -1, 0, 5, 9, 10, 11]
    bookings = [practice.booking(practice.details(hours=24 + hour)) for hour in hours]
    night = practice.booking(practice.details(hours=6, length=timedelta(hours=20), consultant=practice.bor))
    await stored(storage, *bookings, night)
    query = BookingQuery(NOW + timedelta(hours=23.5), NOW + timedelta(hours=34))
    shown = [view.id for view in await storage.views.page(practice.id, query)]
    assert shown == [night.id, *(booking.id for booking in bookings[1:5])]


async def test_a_page_of_one_consultant(storage: Storage, practice: Practice) -> None:
    hers, his = practice.booking(), practice.booking(practice.details(consultant=practice.bor))
    await stored(storage, hers, his)
    page = await storage.views.page(practice.id, replace(WEEK, consultant_id=practice.bor.id))
    assert [view.id for view in page] == [his.id]


@pytest.mark.parametrize("descending", [False, True])
async def test_pages_follow_each_other_without_gap_or_repetition(
    storage: Storage, practice: Practice, *, descending: bool
) -> None:
    bookings = [
        practice.booking(practice.details(hours=24 + number // 2, consultant=(practice.ana, practice.bor)[number % 2]))
        for number in range(11)
    ]
    await stored(storage, *bookings)
    shown: list[BookingView] = []
    query = replace(WEEK, most=3, descending=descending)
    while page := await storage.views.page(practice.id, query):
        assert len(page) <= 3
        shown += page
        query = replace(query, after=(page[-1].starts_at, page[-1].id))
    expected = sorted(bookings, key=lambda it: (it.details.slot.starts_at, it.id), reverse=descending)
    assert [view.id for view in shown] == [booking.id for booking in expected]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("anatomy", ["Anatomy", "by notes"]),
        ("CLIENT 3", ["by client"]),
        ("C3@example", ["by client"]),
        ("100%", ["100% sure"]),
        ("a_b", ["a_b"]),
        ("\\", ["back\\slash"]),
        ("%", ["100% sure"]),
        ("nothing like it", []),
    ],
)
async def test_a_text_is_looked_for_in_title_notes_and_clients(
    storage: Storage, practice: Practice, text: str, found: list[str]
) -> None:
    titles = ["Anatomy", "by notes", "by client", "100% sure", "1000 sure", "a_b", "axb", "back\\slash"]
    bookings = [
        practice.booking(
            practice.details(
                hours=24 + 2 * number,
                title=title,
                notes="about anatomy" if title == "by notes" else "",
                clients=practice.clients[3:] if title == "by client" else practice.clients[:2],
            )
        )
        for number, title in enumerate(titles)
    ]
    await stored(storage, *bookings)
    assert [view.title for view in await storage.views.page(practice.id, replace(WEEK, text=text))] == found


async def test_filters_work_together(storage: Storage, practice: Practice) -> None:
    bookings = [practice.booking(practice.details(hours=24 + number, title=f"T{number}")) for number in range(4)]
    his = practice.booking(practice.details(hours=24, title="T", consultant=practice.bor))
    await stored(storage, *bookings, his)
    first = bookings[0]
    query = replace(
        WEEK, consultant_id=practice.ana.id, text="t", after=(first.details.slot.starts_at, first.id), most=2
    )
    assert [view.title for view in await storage.views.page(practice.id, query)] == ["T1", "T2"]
    last = bookings[3]
    backwards = replace(query, descending=True, after=(last.details.slot.starts_at + HOUR, last.id))
    assert [view.title for view in await storage.views.page(practice.id, backwards)] == ["T3", "T2"]


OTHER = "gather"


async def _mixed(storage: Storage, practice: Practice) -> None:
    """Of every kind. Ana is connected, Bor is about to leave; nobody is at the other provider."""
    ana, bor = practice.ana, practice.bor
    sessions = {
        title: practice.booking(practice.details(hours=hours, consultant=who, title=title, provider=provider))
        for title, hours, who, provider in [
            ("in person", 20, ana, None),
            ("ready", 24, ana, PROVIDER),
            ("wanted", 26, ana, PROVIDER),
            ("cancelled", 28, ana, PROVIDER),
            ("elsewhere", 30, ana, OTHER),
            ("of bor", 24, bor, PROVIDER),
            ("deleted", 32, ana, PROVIDER),
        ]
    }
    for number, title in enumerate(("ready", "cancelled", "elsewhere", "of bor", "deleted")):
        sessions[title] = online(sessions[title], f"m-{number}")
    sessions["cancelled"] = sessions["cancelled"].cancel(expected_version=None)
    sessions["deleted"] = sessions["deleted"].delete(expected_version=None)
    await stored(storage, *sessions.values())
    leaving = practice.connection(bor).disconnecting(retry_at=NOW)
    await connected(storage, practice.connection(ana), leaving)


@pytest.mark.parametrize(
    ("only", "shown"),
    [
        (Only.PLANNED, {"in person", "ready", "wanted", "elsewhere", "of bor"}),
        (Only.CANCELLED, {"cancelled"}),
        (Only.ONLINE, {"ready", "wanted", "elsewhere", "of bor"}),
        (Only.AT_RISK, {"wanted", "elsewhere", "of bor"}),
        (None, {"in person", "ready", "wanted", "cancelled", "elsewhere", "of bor"}),
    ],
)
async def test_only_sessions_of_a_kind(
    storage: Storage, practice: Practice, only: Only | None, shown: set[str]
) -> None:
    await _mixed(storage, practice)
    page = await storage.views.page(practice.id, replace(WEEK, only=only, now=NOW))
    assert {view.title for view in page} == shown
    narrowed = replace(WEEK, only=only, now=NOW, consultant_id=practice.bor.id, text="of b", descending=True)
    found = [view.title for view in await storage.views.page(practice.id, narrowed)]
    assert found == [title for title in ("of bor",) if title in shown]


async def test_a_session_that_is_over_is_at_no_risk(storage: Storage, practice: Practice) -> None:
    await _mixed(storage, practice)
    ends = NOW + 31 * HOUR  # of the one elsewhere
    for now, shown in ((ends - timedelta(seconds=1), ["elsewhere"]), (ends, [])):
        page = await storage.views.page(practice.id, replace(WEEK, only=Only.AT_RISK, now=now))
        assert [view.title for view in page] == shown


async def test_a_session_that_the_hosts_plan_cuts_off_is_at_risk(storage: Storage, practice: Practice) -> None:
    hour_and_a_half = timedelta(hours=1.5)
    assert practice.connection().account.longest_meeting == hour_and_a_half
    lengths = {"in time": hour_and_a_half, "cut off": hour_and_a_half + timedelta(minutes=5)}
    sessions = [
        online(practice.booking(practice.details(hours=hours, length=length, title=title, provider=PROVIDER)), title)
        for hours, (title, length) in zip((24, 30), lengths.items(), strict=True)
    ]
    await stored(storage, *sessions)
    await connected(storage, practice.connection())
    page = await storage.views.page(practice.id, replace(WEEK, only=Only.AT_RISK, now=NOW))
    assert [view.title for view in page] == ["cut off"]
    assert await storage.views.upcoming(practice.id, now=NOW) == [Upcoming(practice.ana.id, PROVIDER, 2, 1)]


async def test_what_is_to_come_is_counted_for_each_consultant_and_provider(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    await _mixed(storage, practice)
    found = await storage.views.upcoming(practice.id, now=NOW)
    assert sorted(found, key=lambda one: (one.provider, one.sessions)) == [
        Upcoming(practice.ana.id, OTHER, 1, 1),
        Upcoming(practice.bor.id, PROVIDER, 1, 1),
        Upcoming(practice.ana.id, PROVIDER, 2, 1),
    ]
    assert await storage.views.upcoming(practice.id, now=NOW + timedelta(hours=30.5)) == [
        Upcoming(practice.ana.id, OTHER, 1, 1)
    ]
    assert await storage.views.upcoming(practice.id, now=NOW + timedelta(hours=31)) == []
    assert await storage.views.upcoming(other_practice.id, now=NOW) == []
