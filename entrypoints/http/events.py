"""Changes, sent to open pages as they happen."""

from collections.abc import AsyncIterator

import msgspec
from litestar import get
from litestar.response import ServerSentEvent, ServerSentEventMessage

from application.sign_in import Visitor
from domain.ports.changes import ChangeFeed
from entrypoints.http.given import Given
from entrypoints.http.refusals import refusals


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
    yield ServerSentEventMessage(comment="connected")
    async for change in changes.subscribe(visitor.account.organization_id):
        if visitor.account.may_manage(change.consultant_id):
            data = msgspec.json.encode({"id": change.id, "consultant_id": change.consultant_id}).decode()
            yield ServerSentEventMessage(event=change.what, data=data)
