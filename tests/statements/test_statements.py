"""How many statements the database is asked for one request, and that the number does not grow."""

from typing import Any

import pytest

from tests.http.forms import booked, consultant, form, free_start, online
from tests.service import ADMIN, ANA, BORIS
from tests.statements.conftest import Tapped

ONE_CLIENT, TWENTY_CLIENTS = 1, 20
MOST_FOR_A_SAVE = 10


@pytest.fixture(scope="module")
def clients(tapped: Tapped) -> list[str]:
    """Twenty of them."""
    for number in range(TWENTY_CLIENTS):
        new = {"name": f"Client {number}", "email": f"client{number}@example.org"}
        tapped.admin.api("POST", "/api/clients", json=new).raise_for_status()
    return [one["id"] for one in tapped.admin.api("GET", "/api/clients").raise_for_status().json()][:TWENTY_CLIENTS]


@pytest.mark.parametrize("count", [ONE_CLIENT, TWENTY_CLIENTS])
def test_reading_a_booking_is_one_statement(tapped: Tapped, clients: list[str], count: int) -> None:
    path = f"/api/bookings/{booked(tapped.ana, online(tapped.ana, ANA, client_ids=clients[:count]))['id']}"
    for who in (tapped.ana, tapped.admin):
        assert len(tapped.statements(who, "GET", path)) == 1


def test_recognising_somebody_new_is_one_more(tapped: Tapped) -> None:
    path = f"/api/bookings/{booked(tapped.ana, form(tapped.ana, ANA))['id']}"
    with tapped.unrecognised(ANA) as ana:
        counts = [len(tapped.statements(ana, "GET", path)) for _ in range(2)]
    assert counts == [2, 1]


def test_listing_a_week_is_one_statement_with_1_and_with_200_bookings(tapped: Tapped, clients: list[str]) -> None:
    start = free_start()
    week = {"start": start.isoformat(), "until": start.replace(year=start.year + 1).isoformat(), "limit": 199}
    boris = consultant(tapped.admin, BORIS)["id"]
    asked: dict[int, list[int]] = {}
    for count in (1, 199):
        listed = tapped.admin.api("GET", "/api/bookings", params={**week, "consultant_id": boris}).json()["items"]
        for _ in range(len(listed), count):
            booked(tapped.admin, form(tapped.admin, BORIS, client_ids=clients[:2]))
        with tapped.unrecognised(BORIS) as himself:
            himself.api("GET", "/api/me").raise_for_status()
            everybody = (himself, tapped.admin)
            asked[count] = [len(tapped.statements(who, "GET", "/api/bookings", params=week)) for who in everybody]
    assert asked == {1: [1, 1], 199: [1, 1]}


@pytest.mark.parametrize("email", [ANA, ADMIN])
def test_a_save_that_makes_its_meeting_takes_ten_at_most(tapped: Tapped, clients: list[str], email: str) -> None:
    """By somebody who has just signed in, so that the sign-in check is among them."""
    counts = [_saving(tapped, email, online(tapped.ana, ANA, client_ids=clients[:many])) for many in (1, 20)]
    assert counts[0] == counts[1] <= MOST_FOR_A_SAVE


def _saving(tapped: Tapped, email: str, wanted: dict[str, Any]) -> int:
    made = len(tapped.running.zoom.meetings(ANA))
    with tapped.unrecognised(email) as who:
        asked = tapped.statements(who, "POST", "/api/bookings", json=wanted)
    assert len(tapped.running.zoom.meetings(ANA)) == made + 1
    print(*asked, sep="\n")
    return len(asked)
