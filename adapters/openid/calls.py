"""Calls to identity providers, each limited in time and in size."""

import asyncio
import logging
from collections.abc import Mapping
from time import perf_counter
from typing import Any, TypeVar

import httpx
import msgspec

LARGEST = 512 * 1024
TOTAL_SECONDS = 12.0

Body = TypeVar("Body")
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

logger = logging.getLogger("calendra.openid")


class NoAnswer(Exception):
    """No answer arrived in time, or the provider reports a failure of its own."""


class UnusableAnswer(Exception):
    """The answer is no JSON of the expected form, or it is too large."""


class OpenIdCalls:
    """Never logs a body, a form or a query: they have codes, secrets and tokens."""

    def __init__(self, http: httpx.AsyncClient, total_seconds: float = TOTAL_SECONDS) -> None:
        self._http = http
        self._total_seconds = total_seconds

    async def read(self, address: str, body: type[Body]) -> Body:
        """Raises NoAnswer, UnusableAnswer."""
        status, content = await self._send("GET", address)
        if status != 200:
            raise UnusableAnswer
        return decoded(content, body)

    async def post(self, address: str, form: Mapping[str, str], headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Raises NoAnswer, UnusableAnswer."""
        return await self._send("POST", address, data=dict(form), headers=dict(headers))

    async def _send(self, method: str, address: str, **more: Any) -> tuple[int, bytes]:
        began = perf_counter()
        try:
            async with asyncio.timeout(self._total_seconds):
                status, content = await self._exchange(self._http.build_request(method, address, **more))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, TimeoutError) as error:  # ValueError: no address at all
            _log(method, address, type(error).__name__, began)
            raise NoAnswer from error
        except UnusableAnswer:
            _log(method, address, "too large", began)
            raise
        if status >= 500 or status == 429:
            _log(method, address, str(status), began)
            raise NoAnswer
        if status >= 300:
            _log(method, address, str(status), began)
        return status, content

    async def _exchange(self, request: httpx.Request) -> tuple[int, bytes]:
        response = await self._http.send(request, stream=True)
        content = bytearray()
        try:
            async for piece in response.aiter_raw():
                content += piece
                if len(content) > LARGEST:
                    raise UnusableAnswer
        finally:
            await response.aclose()
        return response.status_code, bytes(content)


def decoded(content: bytes, body: type[Body]) -> Body:
    """Raises UnusableAnswer."""
    try:
        return msgspec.json.decode(content, type=body)
    except _UNREADABLE as error:
        raise UnusableAnswer from error


def _log(method: str, address: str, outcome: str, began: float) -> None:
    milliseconds = round((perf_counter() - began) * 1000)
    logger.warning("%s %s: %s, %d ms", method, address.partition("?")[0], outcome, milliseconds)
