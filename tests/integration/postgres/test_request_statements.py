"""The number of statements for one request, which must not grow: the whole application in this process, with
PostgreSQL and the sandbox."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from demo.sandbox.run import SandboxProcess
from domain.accounts.account import Account
from tests.app_on_sandbox import on_postgres_storage
from tests.chaos.faults.matrix import sandbox_of_many
from tests.chaos.faults.practice import SESSION, Practice, practice
from tests.database import DatabaseServer
from tests.integration.postgres.counting import counted

# Of these no two can be one without harm. The lock of the assigned account and the check of the clients each take row
# locks on another table, and each has a refusal of its own; the pacing bucket is taken in a transaction of its own, so
# that its row, which all processes want, is not locked for as long as a booking is stored.
MOST_FOR_A_SAVE = 11
FEW_AND_MANY_CLIENTS = (1, 20)
FEW_AND_MANY_BOOKINGS = (1, 200)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    with sandbox_of_many(daily_limit=100_000) as running:
        yield running


@pytest.fixture
async def here(sandbox: SandboxProcess, database_server: DatabaseServer) -> AsyncIterator[Practice]:
    """Ana is connected, and there are as many clients as a session may need."""
    people = sandbox.config.people
    async with on_postgres_storage(database_server)(sandbox) as place:
        ready = await practice(place, (people[0], people[1]))
        await ready.connected(ready.ana)
        for number in range(max(FEW_AND_MANY_CLIENTS)):
            await place.container.manage_clients().add(ready.maja, uuid4(), f"Client {number}", "")
        yield ready


async def _statements(here: Practice, who: Account, method: str, path: str, body: Any = None) -> int:
    """The statements of a request, with the lookup of the login or without it."""
    await here.api(who, "GET", "/health/live")  # logs in, if they have not yet
    with counted() as count:
        answer = await here.api(who, method, path, body)
    assert answer.is_success, answer.text
    return len(count)


async def _clients(here: Practice, count: int) -> list[str]:
    return [one["id"] for one in (await here.api(here.ana, "GET", "/api/clients")).json()][:count]


async def _known(here: Practice) -> None:
    for who in (here.ana, here.maja):
        (await here.api(who, "GET", "/api/me")).raise_for_status()


async def _fill_up(here: Practice, count: int) -> str:
    """Until Ana has so many sessions; the query that lists them all."""
    starts_at = (here.place.clock.now() + timedelta(days=60)).replace(minute=0)
    for number in range(len(here.sessions), count):
        at = starts_at + timedelta(hours=number)
        times: dict[str, Any] = {"starts_at": at.isoformat(), "ends_at": (at + SESSION).isoformat()}
        assert (await here.book(online=False, provider=None, **times)).status_code == 201
    until = starts_at + timedelta(days=90)
    return f"/api/bookings?start={_z(here.place.clock.now())}&until={_z(until)}&limit=199"


def _z(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("count", FEW_AND_MANY_CLIENTS)
async def test_reading_a_booking_is_one_statement(here: Practice, count: int) -> None:
    path = f"/api/bookings/{await here.booked(client_ids=await _clients(here, count))}"
    await _known(here)
    assert [await _statements(here, who, "GET", path) for who in (here.ana, here.maja)] == [1, 1]


async def test_recognising_somebody_new_is_one_more(here: Practice) -> None:
    path = f"/api/bookings/{await here.booked()}"
    here.logged_in.clear()
    assert [await _statements(here, here.ana, "GET", path) for _ in range(2)] == [2, 1]


async def test_listing_and_saving_take_no_more_beside_many_bookings(here: Practice) -> None:
    asked = []
    for count in FEW_AND_MANY_BOOKINGS:
        path = await _fill_up(here, count)
        await _known(here)
        for who in (here.ana, here.maja):
            assert await _statements(here, who, "GET", path) == 1
        asked.append(await _saving(here, here.ana, days=40 + count))
    assert asked[0] == asked[1]


async def test_the_board_takes_no_more_for_many_consultants(here: Practice) -> None:
    """One statement each for consultants, connections, their calls and their sessions, for an admin as for a
    consultant."""
    await _known(here)
    assert [await _statements(here, who, "GET", "/api/consultants") for who in (here.ana, here.maja)] == [4, 4]


async def test_a_history_takes_one_more_for_its_names(here: Practice) -> None:
    path = f"/api/bookings/{await here.booked()}"
    for title in ("Other", "Another"):
        (await here.edit(title=title)).raise_for_status()
        assert await _statements(here, here.ana, "GET", f"{path}/history") == 3  # may she see it, lines, names


async def test_a_save_that_makes_its_meeting(here: Practice) -> None:
    """By a person who has just logged in, so that the lookup of the login is included."""
    for days, count in enumerate(FEW_AND_MANY_CLIENTS):
        for number, who in enumerate((here.ana, here.maja)):
            clients = await _clients(here, count)
            asked = await _saving(here, who, days=40 + 2 * days + number, client_ids=clients)
            assert asked == MOST_FOR_A_SAVE


async def _saving(here: Practice, who: Account, **changes: Any) -> int:
    here.place.clock.move(timedelta(seconds=1))  # so that no call waits for the rate limit
    here.logged_in.clear()
    await here.api(who, "GET", "/health/live")
    made = len(await here.meetings())
    with counted() as count:
        answer = await here.book(by=who, **changes)
    assert answer.json()["meeting"]["status"] == "ready", answer.text
    assert len(await here.meetings()) == made + 1
    return len(count)
