"""Change notifications for open pages, as server-sent events."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from litestar import Request, get
from litestar.response import ServerSentEvent, ServerSentEventMessage

from application.accounts.log_in import LogIn, Visitor
from domain.accounts.errors import NotLoggedIn, SecondFactorNeeded
from domain.change import ACCOUNT, Changed
from domain.errors import Overloaded, StorageUnavailable, TooManyStreams
from domain.ports.changes import ChangeFeed
from entrypoints.event_streams import RETRY_AFTER, EventStream, EventStreams
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import STREAM, Injected, login_token
from entrypoints.settings import Settings

_log = logging.getLogger("calendra.http")

_LONGEST = 3600.0  # seconds; pages open another one
_HEARTBEAT = 15.0  # seconds: proxies cut idle streams


@get(
    "/api/events",
    operation_id="followChanges",
    summary="Stream changes as server-sent events",
    tags=["sessions"],
    opt=STREAM,
    responses=documented_problems(Overloaded(retry_after=RETRY_AFTER), TooManyStreams(retry_after=RETRY_AFTER)),
)
async def events(
    request: Request[Any, Any, Any],
    visitor: Injected[Visitor],
    log_in: Injected[LogIn],
    changes: Injected[ChangeFeed],
    event_streams: Injected[EventStreams],
    settings: Injected[Settings],
) -> ServerSentEvent:
    """Sends events `booking` and `connection`, each with the id that changed. Fetch the object to see its new state.

    Consultants receive their own changes, admins all. A stream ends after an hour at most. After its end or an
    interruption, open another and fetch everything again.
    """
    try:
        place = event_streams.open(visitor.account.id, visitor.login_id)
    except (Overloaded, TooManyStreams) as refusal:
        _log.warning("an event stream was refused: %s", refusal.code)
        raise
    told = messages(visitor, login_token(request, settings), log_in, changes)
    return ServerSentEvent(
        _in_place(told, event_streams, visitor, place), retry_duration=3000, headers={"cache-control": "no-store"}
    )


async def _in_place(
    told: AsyncIterator[ServerSentEventMessage], event_streams: EventStreams, visitor: Visitor, place: EventStream
) -> AsyncIterator[ServerSentEventMessage]:
    try:
        async for one in told:
            yield one
    finally:
        event_streams.close(visitor.account.id, place)


async def messages(
    visitor: Visitor, token: str | None, log_in: LogIn, changes: ChangeFeed
) -> AsyncIterator[ServerSentEventMessage]:
    """Ends after an hour at most, and at once when the login session ends or lacks a second factor that is demanded:
    changes of the account are not sent, but trigger this check. Ends too if the check fails, for example without the
    database: the page reconnects by itself and fetches everything again."""
    ends = asyncio.get_running_loop().time() + _LONGEST * random.uniform(0.75, 1.0)  # noqa: S311 - only spread
    news = aiter(changes.subscribe(visitor.account.organization_id))
    yield ServerSentEventMessage(comment="connected", data=None)
    while asyncio.get_running_loop().time() < ends:
        change: Changed | None = None
        try:
            change = await asyncio.wait_for(anext(news), _HEARTBEAT)
        except StopAsyncIteration:
            return
        except TimeoutError:
            pass
        try:
            visitor = await log_in.recognise(token, use=False)
            log_in.must_have_second_factor(visitor)
        except (NotLoggedIn, SecondFactorNeeded, StorageUnavailable):
            return
        if change is None:
            yield ServerSentEventMessage(comment="still here", data=None)
        elif change.what != ACCOUNT and visitor.account.may_manage(change.consultant_id):
            data = msgspec.json.encode({"id": change.id, "consultant_id": change.consultant_id}).decode()
            yield ServerSentEventMessage(event=change.what, data=data)
