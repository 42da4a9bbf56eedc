"""Many requests at once, spread over the web processes."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import httpx

from tests.browser import Browser


@dataclass(frozen=True)
class Ask:
    method: str
    path: str
    json: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)


def crowd(browser: Browser, addresses: list[str], asks: list[Ask]) -> list[httpx.Response]:
    """All of them sent before the first is answered, each over a connection of its own, as this browser's person."""
    return asyncio.run(_all(browser, addresses, asks))


async def _all(browser: Browser, addresses: list[str], asks: list[Ask]) -> list[httpx.Response]:
    browser.api("GET", "/api/login")
    token = browser.http.cookies.get("calendra_csrf") or ""
    limits = httpx.Limits(max_connections=len(asks))
    async with httpx.AsyncClient(cookies=browser.http.cookies, timeout=60, limits=limits) as http:
        for address in addresses:
            await asyncio.gather(*(http.get(f"{address}/health/live") for _ in asks))  # connections stand
        return await asyncio.gather(
            *(
                http.request(
                    one.method,
                    f"{address}{one.path}",
                    json=one.json,
                    headers={"accept": "application/json", "x-csrftoken": token, **one.headers},
                )
                for one, address in zip(asks, cycle(addresses), strict=False)
            )
        )


def statuses(answers: list[httpx.Response]) -> Counter[tuple[int, str]]:
    """How often which status, with the code of a problem."""
    return Counter((one.status_code, str(one.json().get("code", ""))) for one in answers)
