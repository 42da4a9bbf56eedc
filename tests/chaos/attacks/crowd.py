"""An attacker: requests as fast as the server answers them, many at once, from a thread of their own."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx

from tests.browser import Browser


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    json: Any = None


@dataclass
class Answered:
    """How often each status came back, and 0 for none."""

    statuses: Counter[int] = field(default_factory=Counter)


@contextmanager
def crowd(
    address: str, at_once: int, make: Callable[[int], Request], browser: Browser | None = None
) -> Iterator[Answered]:
    """`make` gets the number of the request. With `browser`, each request has its cookies; otherwise it has none but
    that of the form token."""
    answered, stop = Answered(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_attack(address, at_once, make, browser, answered, stop)))
    thread.start()
    try:
        yield answered
    finally:
        stop.set()
        thread.join()


async def _attack(
    address: str,
    at_once: int,
    make: Callable[[int], Request],
    browser: Browser | None,
    answered: Answered,
    stop: threading.Event,
) -> None:
    limits = httpx.Limits(max_connections=at_once, max_keepalive_connections=at_once)
    async with httpx.AsyncClient(timeout=30, limits=limits) as http:
        cookies = dict(browser.http.cookies) if browser else {}
        if "calendra_csrf" not in cookies:
            cookies["calendra_csrf"] = (await http.get(f"{address}/health/live")).cookies["calendra_csrf"]
        always = {
            "cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "x-csrftoken": cookies["calendra_csrf"],
        }
        numbers = count()

        async def one() -> None:
            while not stop.is_set():
                wanted = make(next(numbers))
                http.cookies.clear()
                try:
                    answer = await http.request(
                        wanted.method, f"{address}{wanted.path}", headers=always | wanted.headers, json=wanted.json
                    )
                    answered.statuses[answer.status_code] += 1
                except httpx.HTTPError:
                    answered.statuses[0] += 1

        await asyncio.gather(*(one() for _ in range(at_once)))
