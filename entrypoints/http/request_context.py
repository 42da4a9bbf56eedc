"""Gives each request an id, and tells it and the client's network to what is recorded during the request."""

from uuid import uuid4

from litestar import Request
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from application.security_events import RequestContext, during
from entrypoints.http.client_network import source_of

_HEADER = b"x-request-id"


def within_request(app: ASGIApp) -> ASGIApp:
    """The response names the id in X-Request-Id: users and API clients can tell it to support. An id that the client
    sends is ignored, because it could imitate another request."""

    async def middleware(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        request_id = uuid4().hex

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (_HEADER, request_id.encode())]
            await send(message)

        with during(RequestContext(source_of(Request(scope)), request_id)):
            await app(scope, receive, send_with_id)

    return middleware
