"""Calls any web process that runs, and distinguishes an answer from none."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.browser import Browser

_ASKS_AGAIN_AFTER = 0.5  # long enough for statements that a killed process had already sent to the database


@dataclass(kw_only=True)
class Asker:
    name: str
    browser: Browser
    addresses: list[str]
    chance: random.Random
    counts: Counter[str] = field(default_factory=Counter)
    untrue: list[str] = field(default_factory=list)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response | None:
        """None without an answer, or with the answer that Calendra is unavailable."""
        self.counts["requests"] += 1
        address = self.chance.choice(self.addresses)
        try:
            answer = self.browser.api(method, f"{address}/api/bookings{path}", **more)
        except httpx.TimeoutException as error:
            self.untrue.append(f"{self.name}: {method} {path} hangs: {error!r}")
            return None
        except httpx.TransportError:
            self.counts["no answer"] += 1
            time.sleep(_ASKS_AGAIN_AFTER)
            return None
        if answer.status_code == 503 and code_of(answer) == "storage_unavailable" and answer.json().get("next"):
            self.counts["said to be away"] += 1
            time.sleep(_ASKS_AGAIN_AFTER)
            return None
        self.counts["answered"] += 1
        return answer


def code_of(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("code", ""))
    except ValueError:
        return ""
