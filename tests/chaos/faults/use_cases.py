"""Every use case that calls the provider: its preparation and its requests.

A new use case is one more entry in USE_CASES. Its calls are observed, not listed here.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any
from uuid import UUID

import httpx
import msgspec

from adapters.in_memory.provider.fault import Fault
from domain.meeting.host import Host
from domain.meeting.marker import marker_of
from domain.meeting.meeting import MeetingDetails
from domain.slot import Slot
from tests.chaos.faults.practice import SESSION, Practice
from tests.sandbox_control import performed

HOUR = timedelta(hours=1)
Answer = httpx.Response | None
Step = Callable[[Practice], Awaitable[Any]]
Act = Callable[[Practice], Awaitable[Answer]]


class End(StrEnum):
    """The final state of Ana's connection after a use case, with any fault."""

    CONNECTED = "connected"
    GONE = "gone"  # meetings that are wanted stay at the provider
    WITHDRAWN = "withdrawn"  # and her meetings with it
    UNTOUCHED = "untouched"  # never connected


@dataclass(frozen=True)
class UseCase:
    """`attempt`: a person sees the failure and tries again. `days`: the additional days that the recovery may take,
    because the work is done once a day."""

    name: str
    act: Act
    prepare: tuple[Step, ...] = ()
    end: End = End.CONNECTED
    attempt: bool = False
    days: int = 0


# --- what is there before -------------------------------------------------------------------------------------


async def ana_connected(here: Practice) -> None:
    await here.connected(here.ana)


async def boris_connected(here: Practice) -> None:
    await here.connected(here.boris)


async def a_session(here: Practice) -> None:
    await here.booked()


async def session_cancelled(here: Practice) -> None:
    answer = await cancel(here)
    assert answer is not None
    answer.raise_for_status()


async def a_session_without_a_meeting(here: Practice) -> None:
    await here.booked(online=False, provider=None)


async def token_near_its_end(here: Practice) -> None:
    """By our own clock."""
    here.place.clock.move(HOUR)


async def token_rejected(here: Practice) -> None:
    """It looks valid, and Zoom no longer accepts it."""
    for person in here.accounts.values():
        await here.place.ask_zoom("POST", f"accounts/{person.user_id}/expire-access", {"refresh_too": False})


async def app_removed(here: Practice) -> None:
    """Calendra cannot know before it calls Zoom or Zoom sends a webhook event."""
    here.kept["removed"] = True
    await here.place.ask_zoom("POST", f"accounts/{here.accounts['Ana'].user_id}/remove-app")


async def authorization_ended(here: Practice) -> None:
    """Calendra noticed it when one of her sessions was moved; that session now waits for her."""
    await a_session(here)
    await app_removed(here)
    await here.edit(title="Waits for her")
    assert await here.status(here.ana) == "needs_reconnecting"


async def the_day_before_the_session(here: Practice) -> None:
    view = await here.view(here.sessions[-1])
    assert view is not None
    here.place.clock.move_to(datetime.fromisoformat(view["starts_at"]) - timedelta(hours=23, minutes=30))


async def meeting_deleted_at_zoom(here: Practice) -> None:
    """Calendra cannot know before it calls Zoom."""
    here.kept["vanished"] = {one["join_url"] for one in await here.meetings()}
    for meeting in await here.meetings():
        await here.place.ask_zoom("DELETE", f"meetings/{meeting['id']}")


async def an_orphan(here: Practice) -> None:
    """A create took effect after its session had got another host's meeting."""
    await reassign(here)
    view = await here.view(here.sessions[-1])
    assert view is not None
    starts_at, ends_at = (datetime.fromisoformat(view[name]) for name in ("starts_at", "ends_at"))
    create = partial(
        here.place.container.meeting_providers()["zoom"].meetings.create,
        marker=marker_of(UUID(view["id"]), 0),
        details=MeetingDetails(view["title"], Slot(starts_at, ends_at, view["zone"])),
    )
    host = Host(here.ana.organization_id, here.ana.id, "zoom")
    here.kept["orphan"] = (await here.place.container.access_tokens().use(host, create)).join_link


def answer_lost(call: str, *, after: bool) -> Step:
    async def lose(here: Practice) -> None:
        here.lost += 1
        fault = Fault.LOST_ANSWER if after else Fault.LOST_CALL
        where = here.accounts["Ana"].user_id
        await here.place.ask_zoom("POST", "faults", performed(call, fault, kind="reset", account=where))

    return lose


# --- what is done ---------------------------------------------------------------------------------------------


async def book(here: Practice) -> Answer:
    return await here.book()


async def book_for_her(here: Practice) -> Answer:
    return await here.book(by=here.maja)


async def move(here: Practice) -> Answer:
    starts_at = here.place.clock.now().replace(hour=10) + timedelta(days=41)
    return await here.edit(starts_at=starts_at.isoformat(), ends_at=(starts_at + SESSION).isoformat())


async def rename(here: Practice) -> Answer:
    return await here.edit(title="Second talk")


async def reassign(here: Practice) -> Answer:
    return await here.edit(by=here.maja, consultant_id=str(here.boris.id))


async def switch_off(here: Practice) -> Answer:
    return await here.edit(online=False)


async def switch_on(here: Practice) -> Answer:
    return await here.edit(online=True, provider="zoom")


async def cancel(here: Practice) -> Answer:
    return await here.api(here.ana, "POST", f"/api/bookings/{here.sessions[-1]}/cancel")


async def restore(here: Practice) -> Answer:
    return await here.api(here.ana, "POST", f"/api/bookings/{here.sessions[-1]}/restore")


async def delete(here: Practice) -> Answer:
    return await here.api(here.ana, "DELETE", f"/api/bookings/{here.sessions[-1]}")


async def connect(here: Practice) -> Answer:
    return await here.connect(here.ana)


async def connect_by_link(here: Practice) -> Answer:
    made = await here.api(here.maja, "POST", f"/api/connections/zoom/{here.ana.id}/links")
    token = made.raise_for_status().json()["link"].rpartition("/")[2]
    redeemed = await here.api(here.ana, "POST", f"/api/connections/links/{token}")
    return await here.come_back(here.ana, redeemed.raise_for_status().json()["authorize_address"])


def disconnect(meetings: str) -> Act:
    async def leave(here: Practice) -> Answer:
        return await here.api(here.ana, "DELETE", f"/api/connections/zoom/{here.ana.id}?meetings={meetings}")

    return leave


async def erase(here: Practice) -> Answer:
    answer = await here.api(here.maja, "POST", "/api/erasures", {"email": here.ana.email})
    here.kept["receipt"] = answer.json()
    return answer


async def unsigned_removal(here: Practice) -> Answer:
    """An unsigned event reports it; Calendra answers that it proves nothing, and the worker asks Zoom."""
    ana = here.accounts["Ana"]
    payload = {"user_id": ana.user_id, "account_id": ana.account_id, "client_id": here.place.clients.client_id}
    payload["deauthorization_time"] = here.place.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    event = {"event": "app_deauthorized", "payload": payload}
    headers = {"content-type": "application/json"}
    answer = await here.place.http.post("/webhooks/zoom", content=msgspec.json.encode(event), headers=headers)
    assert answer.status_code == 422, answer.text
    await here.place.work()
    return None


async def a_month_passes(here: Practice) -> Answer:
    here.place.clock.move(timedelta(days=31))
    await here.place.container.keep_connections_alive()()
    return None


async def accounts_are_looked_through(here: Practice) -> Answer:
    """On the next day, and once more for what was found."""
    for pause in (timedelta(days=1, minutes=1), timedelta(minutes=11)):
        here.place.clock.move(pause)
        await here.place.work()
    return None


async def the_worker_comes(here: Practice) -> Answer:
    await here.place.work()
    return None


# --- the list -------------------------------------------------------------------------------------------------

_CONNECTED = (ana_connected,)
_ONE = (ana_connected, a_session)
_TWO = (ana_connected, boris_connected, a_session)
_BEFORE = (*_ONE, the_day_before_the_session)

_PLAIN = [
    UseCase("book", book, _CONNECTED),
    UseCase("book for a colleague", book_for_her, _CONNECTED),
    UseCase("edit the time", move, _ONE),
    UseCase("edit the title", rename, _ONE),
    UseCase("reassign", reassign, _TWO),
    UseCase("switch online off", switch_off, _ONE),
    UseCase("switch online on", switch_on, (ana_connected, a_session_without_a_meeting)),
    UseCase("cancel", cancel, _ONE),
    UseCase("restore", restore, (*_ONE, session_cancelled)),
    UseCase("delete", delete, _ONE),
    UseCase("disconnect, keeping", disconnect("keep"), _ONE, End.GONE),
    UseCase("disconnect, removing", disconnect("remove"), _ONE, End.WITHDRAWN),
    UseCase("erase", erase, _ONE, End.GONE),
    UseCase("doubted removal that is not true", unsigned_removal, _ONE),
]
_CONNECTING = [
    UseCase("connect", connect, attempt=True),
    UseCase("connect by a personal link", connect_by_link, attempt=True),
    UseCase("connect again", connect, _ONE, attempt=True),
    UseCase("reconnect", connect, (ana_connected, authorization_ended), attempt=True),
]
_BY_ITSELF = [
    UseCase("doubted removal that is true", unsigned_removal, (*_ONE, app_removed), End.GONE),
    UseCase("keep alive", a_month_passes, _ONE),
    UseCase("look before the session", the_worker_comes, _BEFORE),
    UseCase("look before, vanished", the_worker_comes, (*_BEFORE, meeting_deleted_at_zoom)),
    UseCase("look for orphaned meetings", accounts_are_looked_through, (*_TWO, an_orphan), days=3),
    UseCase("edit, vanished", rename, (*_ONE, meeting_deleted_at_zoom)),
    UseCase("cancel, vanished", cancel, (*_ONE, meeting_deleted_at_zoom)),
    UseCase("lost create, made", book, (ana_connected, answer_lost("create", after=True))),
    UseCase("lost create, not made", book, (ana_connected, answer_lost("create", after=False))),
]


def _with(use_case: UseCase, what: str, prepared: Step) -> UseCase:
    return replace(use_case, name=f"{use_case.name}, {what}", prepare=(*use_case.prepare, prepared))


_ACTING = [*_PLAIN, _BY_ITSELF[2]]
USE_CASES = [
    *_PLAIN,
    *_CONNECTING,
    *_BY_ITSELF,
    *(_with(one, "token near its end", token_near_its_end) for one in _PLAIN),
    *(_with(one, "token rejected", token_rejected) for one in _ACTING),
]
