"""An ASGI transport that does not wait for the end of a stream which has none."""

import asyncio
from typing import Any, cast

import httpx


class FirstWords(httpx.ASGITransport):
    """Of a stream of events only the status and the headers."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path != "/api/events":
            return await super().handle_async_request(request)
        return await self._first_words(request)

    async def _first_words(self, request: httpx.Request) -> httpx.Response:
        started: asyncio.Future[httpx.Response] = asyncio.get_running_loop().create_future()
        body: list[bytes] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.body":
                body.append(message.get("body", b""))
            elif message["headers"] and dict(message["headers"]).get(b"content-type", b"").startswith(b"text/event"):
                started.set_result(httpx.Response(message["status"], headers=message["headers"], request=request))
            else:
                answers.append(message)

        answers: list[Any] = []
        app = asyncio.ensure_future(cast(Any, self.app)(_scope(request), receive, send))
        await asyncio.wait({app, started}, return_when=asyncio.FIRST_COMPLETED)
        if started.done():
            app.cancel()
            await asyncio.wait({app})
            return started.result()
        await app
        return httpx.Response(answers[0]["status"], headers=answers[0]["headers"], content=b"".join(body))


def _scope(request: httpx.Request) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.url.scheme,
        "path": request.url.path,
        "raw_path": request.url.raw_path,
        "query_string": request.url.query,
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "client": ("127.0.0.1", 123),
        "server": (request.url.host, request.url.port),
        "extensions": {},
        "state": {},
    }
