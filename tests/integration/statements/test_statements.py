"""The number of statements for one request, which must not grow."""

from typing import Any

import pytest

from tests.browser import Browser
from tests.integration.http.forms import booked, consultant, form, free_start, online
from tests.integration.statements.conftest import Tapped
from tests.real_processes import ADMIN, ANA, BORIS

# Of these no two can be one without harm. The lock of the assigned account and the check of the clients each take row
# locks on another table, and each has a refusal of its own; the pacing bucket is taken in a transaction of its own, so
# that its row, which all processes want, is not locked for as long as a booking is stored.
MOST_FOR_A_SAVE = 11
FEW_AND_MANY_CLIENTS = (1, 20)
FEW_AND_MANY_BOOKINGS = (1, 200)


@pytest.fixture(scope="module")
def clients(tapped: Tapped) -> list[str]:
    """As many as a session may need."""
    most = max(FEW_AND_MANY_CLIENTS)
    for number in range(most):
        new = {"name": f"Client {number}", "email": f"client{number}@example.org"}
        tapped.admin.api("POST", "/api/clients", json=new).raise_for_status()
    return [one["id"] for one in tapped.admin.api("GET", "/api/clients").raise_for_status().json()][:most]


@pytest.mark.parametrize("count", FEW_AND_MANY_CLIENTS)
def test_reading_a_booking_is_one_statement(tapped: Tapped, clients: list[str], count: int) -> None:
    session = booked(tapped.ana, online(tapped.ana, ANA, client_ids=clients[:count]))
    assert len(session["clients"]) == count
    for who in (tapped.ana, tapped.admin):
        assert len(tapped.statements(who, "GET", f"/api/bookings/{session['id']}")) == 1


def test_recognising_somebody_new_is_one_more(tapped: Tapped) -> None:
    path = f"/api/bookings/{booked(tapped.ana, form(tapped.ana, ANA))['id']}"
    with tapped.newly_signed_in(ANA) as ana:
        assert [len(tapped.statements(ana, "GET", path)) for _ in range(2)] == [2, 1]


def test_listing_is_one_statement_however_many_bookings(tapped: Tapped, clients: list[str]) -> None:
    """A week's question, over a range that is long enough for all of them."""
    start = free_start()
    boris = consultant(tapped.admin, BORIS)["id"]
    wanted = {"start": start.isoformat(), "until": start.replace(year=start.year + 1).isoformat(), "limit": 199}
    wanted |= {"consultant_id": boris}
    with tapped.newly_signed_in(BORIS) as himself:
        everybody = (himself, tapped.admin)
        for count in FEW_AND_MANY_BOOKINGS:
            _fill_up(tapped.admin, BORIS, clients, wanted, count)
            for who in everybody:
                who.api("GET", "/api/me").raise_for_status()
                assert len(tapped.statements(who, "GET", "/api/bookings", params=wanted)) == 1


def test_the_board_takes_no_more_for_many_consultants(tapped: Tapped) -> None:
    """One statement each for consultants, connections, their calls and their sessions, for an admin as for a
    consultant."""
    tapped.ana.api("GET", "/api/me").raise_for_status()
    tapped.admin.api("GET", "/api/me").raise_for_status()
    assert [len(tapped.statements(who, "GET", "/api/consultants")) for who in (tapped.ana, tapped.admin)] == [4, 4]


def test_a_history_takes_one_more_for_its_names(tapped: Tapped) -> None:
    session = booked(tapped.ana, online(tapped.ana, ANA))
    path = f"/api/bookings/{session['id']}"
    for title in ("Other", "Another"):
        tapped.ana.api("PATCH", path, json={"title": title}).raise_for_status()
        assert len(tapped.statements(tapped.ana, "GET", f"{path}/history")) == 3  # may she see it, lines, names


@pytest.mark.parametrize(("email", "statements"), [(ANA, 11), (ADMIN, 11)])
def test_a_save_that_makes_its_meeting(tapped: Tapped, clients: list[str], email: str, statements: int) -> None:
    """By a person who has just signed in, so that the lookup of the login is included."""
    for count in FEW_AND_MANY_CLIENTS:
        wanted = online(tapped.ana, ANA, client_ids=clients[:count])
        assert _asked_for_saving(tapped, email, wanted) == statements <= MOST_FOR_A_SAVE


def test_a_save_takes_no_more_beside_many_bookings(tapped: Tapped, clients: list[str]) -> None:
    start = free_start()
    range_of_all = {"start": start.isoformat(), "until": start.replace(year=start.year + 1).isoformat(), "limit": 199}
    asked = []
    for count in FEW_AND_MANY_BOOKINGS:
        _fill_up(tapped.ana, ANA, clients, range_of_all, count)
        asked.append(_asked_for_saving(tapped, ANA, online(tapped.ana, ANA)))
    assert asked[0] == asked[1]


def _fill_up(who: Browser, email: str, clients: list[str], wanted: dict[str, Any], count: int) -> None:
    """Until this person has so many sessions in the range; a page shows 199 at most."""
    listed = who.api("GET", "/api/bookings", params=wanted).raise_for_status().json()["items"]
    new = form(who, email, client_ids=clients[:2])
    for _ in range(count - len(listed)):
        starts_at = free_start()
        booked(who, new | {"starts_at": starts_at.isoformat(), "ends_at": starts_at.replace(minute=50).isoformat()})


def _asked_for_saving(tapped: Tapped, email: str, wanted: dict[str, Any]) -> int:
    made = len(tapped.running.zoom.meetings(ANA))
    with tapped.newly_signed_in(email) as who:
        asked = tapped.statements(who, "POST", "/api/bookings", json=wanted)
    assert len(tapped.running.zoom.meetings(ANA)) == made + 1
    return len(asked)
