"""Changes, sent to open pages as they happen."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
from litestar import get
from litestar.response import ServerSentEvent, ServerSentEventMessage

from application.sign_in import Visitor
from domain.ports.changes import ChangeFeed
from entrypoints.http.given import Given
from entrypoints.http.refusals import refusals

_HEARTBEAT = 15.0  # seconds: proxies cut streams on which nothing comes


@get(
    "/api/events",
    operation_id="followChanges",
    summary="Changes as server-sent events",
    tags=["sessions"],
    responses=refusals(),
)
async def events(visitor: Given[Visitor], changes: Given[ChangeFeed]) -> ServerSentEvent:
    """Events `booking` and `connection`, each with the id that is different now; read it again to see how.

    Consultants hear of their own, admins of all. After a gap in the connection, read everything again.
    """
    return ServerSentEvent(_messages(visitor, changes), retry_duration=3000)


async def _messages(visitor: Visitor, changes: ChangeFeed) -> AsyncIterator[ServerSentEventMessage]:
    news = aiter(changes.subscribe(visitor.account.organization_id))
    yield ServerSentEventMessage(comment="connected", data=None)
    while True:
        try:
            change = await asyncio.wait_for(anext(news), _HEARTBEAT)
        except TimeoutError:
            yield ServerSentEventMessage(comment="still here", data=None)
            continue
        except StopAsyncIteration:
            return
        if visitor.account.may_manage(change.consultant_id):
            data = msgspec.json.encode({"id": change.id, "consultant_id": change.consultant_id}).decode()
            yield ServerSentEventMessage(event=change.what, data=data)
