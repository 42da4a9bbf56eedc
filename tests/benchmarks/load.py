"""The load, in a process of its own: keeps some connections busy with prepared requests, and times each answer.

A job is one line of JSON on standard input, its result one line on standard output, until the input ends.
"""

import asyncio
import itertools
import re
import sys
from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import cast

import msgspec
import uvloop

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_HEAD_END = b"\r\n\r\n"
_UNANSWERED_AFTER = 30.0


class Request(msgspec.Struct):
    method: str
    path: str
    headers: dict[str, str]
    body: str = ""


class Job(msgspec.Struct):
    """`again`: the requests are repeated until the time is over; otherwise each is sent once at most."""

    port: int
    requests: list[Request]
    connections: int
    seconds: float
    expected: int = 200
    again: bool = True


class Result(msgspec.Struct):
    """`surprise` is the first answer with another status than the expected one."""

    done: int
    seconds: float
    median_ms: float
    surprise: str | None


class Round:
    def __init__(self, job: Job) -> None:
        wires = [_wire(request, job.port) for request in job.requests]
        self._left: Iterator[bytes] = itertools.cycle(wires) if job.again else iter(wires)
        self._status = f"HTTP/1.1 {job.expected} ".encode()
        self._began = perf_counter()
        self._ends = self._began + job.seconds
        self._open = job.connections
        self._latencies: list[float] = []
        self._surprise: str | None = None
        self.over: asyncio.Future[Result] = asyncio.get_running_loop().create_future()

    def next_request(self) -> bytes | None:
        return next(self._left, None) if perf_counter() < self._ends and self._surprise is None else None

    def answered(self, began: float, answer: bytes) -> None:
        self._latencies.append(perf_counter() - began)
        if not answer.startswith(self._status):
            self._surprise = answer.decode(errors="replace")

    def left(self) -> None:
        """One connection has nothing more to do."""
        self._open -= 1
        if self._open == 0 and not self.over.done():
            spent = perf_counter() - self._began
            middle = median(self._latencies) * 1000 if self._latencies else 0
            self.over.set_result(Result(len(self._latencies), spent, middle, self._surprise))


class Connection(asyncio.Protocol):
    """One request at a time."""

    def __init__(self, this: Round) -> None:
        self._round = this
        self._answer = bytearray()
        self._length = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own kind, which does not inherit it
        self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        self._round.left()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        if not self._length:
            self._length = _whole_length(self._answer)
        if self._length and len(self._answer) >= self._length:
            self._round.answered(self._asked_at, bytes(self._answer))
            self._ask()

    def _ask(self) -> None:
        self._answer.clear()
        self._length = 0
        request = self._round.next_request()
        if request is None:
            self._transport.close()
            return
        self._asked_at = perf_counter()
        self._transport.write(request)


def _whole_length(answer: bytearray) -> int:
    """Of head and body; 0 while the head is not complete."""
    end = answer.find(_HEAD_END)
    if end < 0:
        return 0
    said = _LENGTH.search(answer, 0, end + 2)
    return end + len(_HEAD_END) + (int(said.group(1)) if said else 0)


def _wire(request: Request, port: int) -> bytes:
    body = request.body.encode()
    headers = {"host": f"localhost:{port}", **request.headers}
    if body:
        headers |= {"content-type": "application/json", "content-length": str(len(body))}
    lines = [f"{request.method} {request.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def run(job: Job) -> Result:
    this = Round(job)
    loop = asyncio.get_running_loop()
    for _ in range(job.connections):
        await loop.create_connection(lambda: Connection(this), "127.0.0.1", job.port)
    return await asyncio.wait_for(this.over, job.seconds + _UNANSWERED_AFTER)


def main() -> None:
    for line in sys.stdin.buffer:
        result = uvloop.run(run(msgspec.json.decode(line, type=Job)))
        sys.stdout.buffer.write(msgspec.json.encode(result) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
