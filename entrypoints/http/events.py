"""Change notifications for open pages, as server-sent events."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from litestar import Request, get
from litestar.response import ServerSentEvent, ServerSentEventMessage

from application.accounts.log_in import LogIn, Visitor
from domain.accounts.errors import NotLoggedIn
from domain.change import ACCOUNT, Changed
from domain.errors import StorageUnavailable
from domain.ports.changes import ChangeFeed
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import Injected, login_token
from entrypoints.settings import Settings

_HEARTBEAT = 15.0  # seconds: proxies cut idle streams


@get(
    "/api/events",
    operation_id="followChanges",
    summary="Stream changes as server-sent events",
    tags=["sessions"],
    responses=documented_problems(),
)
async def events(
    request: Request[Any, Any, Any],
    visitor: Injected[Visitor],
    log_in: Injected[LogIn],
    changes: Injected[ChangeFeed],
    settings: Injected[Settings],
) -> ServerSentEvent:
    """Sends events `booking` and `connection`, each with the id that changed. Fetch the object to see its new state.

    Consultants receive their own changes, admins all. After an interruption, fetch everything again.
    """
    stream = messages(visitor, login_token(request, settings), log_in, changes)
    return ServerSentEvent(stream, retry_duration=3000, headers={"cache-control": "no-store"})


async def messages(
    visitor: Visitor, token: str | None, log_in: LogIn, changes: ChangeFeed
) -> AsyncIterator[ServerSentEventMessage]:
    """Ends at once when the login session ends: changes of the account are not sent, but trigger this check. Ends too
    if the check fails, for example without the database: the page reconnects by itself and fetches everything again."""
    news = aiter(changes.subscribe(visitor.account.organization_id))
    yield ServerSentEventMessage(comment="connected", data=None)
    while True:
        change: Changed | None = None
        try:
            change = await asyncio.wait_for(anext(news), _HEARTBEAT)
        except StopAsyncIteration:
            return
        except TimeoutError:
            pass
        try:
            visitor = await log_in.recognise(token)
        except (NotLoggedIn, StorageUnavailable):
            return
        if change is None:
            yield ServerSentEventMessage(comment="still here", data=None)
        elif change.what != ACCOUNT and visitor.account.may_manage(change.consultant_id):
            data = msgspec.json.encode({"id": change.id, "consultant_id": change.consultant_id}).decode()
            yield ServerSentEventMessage(event=change.what, data=data)
