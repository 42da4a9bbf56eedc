"""Sends calls to Zoom: limits time and size, logs one line per call, and raises a domain error if no answer arrives."""

import asyncio
import logging
from time import perf_counter

import httpx

from adapters.zoom.answer import Answer, Call
from domain.failure_reason import FailureReason
from domain.provider_errors import TryLater

LARGEST = 2 * 1024 * 1024

# After these errors the request was not sent, so it had no effect.
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

logger = logging.getLogger("calendra.zoom")


class TooLarge(Exception):
    """The body exceeds the size limit."""


class ZoomCalls:
    def __init__(self, http: httpx.AsyncClient, total_seconds: float) -> None:
        self._http = http
        self._total_seconds = total_seconds

    def deadline(self, at_least: float = 0) -> float:
        """The deadline of an operation with several calls, in the event loop's time."""
        return asyncio.get_running_loop().time() + max(self._total_seconds, at_least)

    async def send(self, call: Call, deadline: float | None = None) -> Answer:
        """Returns Zoom's answer with any status. Raises TryLater if none arrives."""
        began = perf_counter()
        try:
            async with asyncio.timeout_at(self.deadline(call.answer_within) if deadline is None else deadline):
                answer = await self._exchange(call)
        except (httpx.HTTPError, TimeoutError, TooLarge) as error:
            kind = type(error).__name__
            logger.warning("zoom %s no answer: %s, %d ms", call.operation, kind, _milliseconds(began))
            unheard = call.effect and not isinstance(error, _NEVER_SENT)
            raise TryLater(
                reason=FailureReason.PROVIDER_DOWN, unheard=unheard, answered=f"no answer ({kind})"
            ) from error
        _log(answer, _milliseconds(began))
        return answer

    async def _exchange(self, call: Call) -> Answer:
        # A compressed body could expand to any size, so the client requests and decodes none.
        headers = {**call.headers, "accept-encoding": "identity"}
        request = self._http.build_request(
            call.method, call.address, headers=headers, content=call.content, timeout=self._limits(call)
        )
        response = await self._http.send(request, stream=True)
        try:
            return Answer(call, response.status_code, response.headers, await _body(response))
        finally:
            await response.aclose()

    def _limits(self, call: Call) -> httpx.Timeout:
        usual = self._http.timeout
        read = usual.read if usual.read is None else max(usual.read, call.answer_within)
        return httpx.Timeout(connect=usual.connect, read=read, write=usual.write, pool=usual.pool)


async def _body(response: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > LARGEST:
            raise TooLarge
    return bytes(body)


def _milliseconds(began: float) -> int:
    return round((perf_counter() - began) * 1000)


def _log(answer: Answer, milliseconds: int) -> None:
    logger.log(
        logging.INFO if answer.good else logging.WARNING,
        "zoom %s status=%d code=%s fields=%s tracking=%s %d ms",
        answer.call.operation,
        answer.status,
        answer.code,
        ",".join(answer.fields) or "-",
        answer.tracking or "-",
        milliseconds,
    )
