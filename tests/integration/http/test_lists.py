"""Lists: pages by cursor, filters, and whose sessions they show."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.integration.http.conftest import Api

RANGE = "start=2027-09-01T00:00:00Z&until=2028-06-30T00:00:00Z"


async def _pages(api: Api, who: str, query: str) -> list[list[dict[str, Any]]]:
    found, cursor = [], ""
    while True:
        page = await api.told(who, f"/api/bookings?{RANGE}{query}{cursor}")
        found.append(page["items"])
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"


def _at(hour: int) -> dict[str, str]:
    starts_at = datetime(2027, 9, 1, 9, tzinfo=UTC) + timedelta(hours=hour)
    return {"starts_at": starts_at.isoformat(), "ends_at": (starts_at + timedelta(minutes=50)).isoformat()}


async def test_pages_hold_every_session_once_in_order(api: Api) -> None:
    made = [(await api.booked("Ana", **_at(hour)))["id"] for hour in range(7)]
    for direction, expected in (("", made), ("&descending=true", made[::-1])):
        found = await _pages(api, "Ana", f"&limit=3{direction}")
        assert [len(page) for page in found] == [3, 3, 1]
        assert [one["id"] for page in found for one in page] == expected


async def test_filters_arrive_at_the_query(api: Api) -> None:
    hers, bors = await api.booked("Ana", title="100% hers"), await api.booked("Bor")
    cancelled = await api.booked("Ana", **_at(5))
    await api.ask("Ana", "POST", f"/api/bookings/{cancelled['id']}/cancel")

    async def ids(who: str, query: str) -> set[str]:
        [found] = await _pages(api, who, f"&limit=200{query}")
        return {one["id"] for one in found}

    assert await ids("Ana", "&text=100%25") == {hers["id"]}
    assert await ids("Ana", "&only=cancelled") == {cancelled["id"]}
    assert await ids("Ana", "") == {hers["id"], cancelled["id"]}
    assert await ids("Admin", "") == {hers["id"], bors["id"], cancelled["id"]}
    assert await ids("Admin", f"&consultant_id={bors['consultant_id']}") == {bors["id"]}
    foreign = f"/api/bookings?{RANGE}&consultant_id={bors['consultant_id']}"
    assert (await api.refused("Ana", "GET", foreign))[0] == 404


async def test_clients_by_their_ids(api: Api) -> None:
    known = await api.told("Ana", "/api/clients")
    wanted = [known[1]["id"], known[0]["id"], str(uuid4())]
    assert await api.told("Ana", "/api/clients", params={"ids": wanted}) == known[:2]
    assert await api.told("Ana", "/api/clients", params={"ids": wanted[:1]}) == [known[1]]
    many = await api.refused("Ana", "GET", "/api/clients", params={"ids": [str(uuid4()) for _ in range(101)]})
    assert many == (422, "invalid_input", ["ids: too_many_ids"])
    wrong = await api.refused("Ana", "GET", "/api/clients", params={"ids": "x"})
    assert wrong[:2] == (400, "malformed")
