"""An attacker who guesses passwords from many networks."""

from collections import Counter
from typing import Any

import httpx

from demo.practice import PASSWORD

WRONG = "not the password"


class Guesser:
    """Every attempt comes from an unknown browser."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._http = httpx.Client(timeout=30)
        self._token = self._http.get(f"{address}/health/live").cookies["calendra_csrf"]
        self.heard: Counter[int] = Counter()

    def __enter__(self) -> "Guesser":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def guess(self, email: str, network: str | None = None, password: str = WRONG) -> httpx.Response:
        self._http.cookies.clear()
        self._http.cookies.set("calendra_csrf", self._token)
        headers = {"x-csrftoken": self._token} | ({"x-forwarded-for": network} if network else {})
        asked = {"email": email, "password": password}
        answer = self._http.post(f"{self._address}/api/login", json=asked, headers=headers)
        self.heard[answer.status_code] += 1
        return answer


def network(number: int) -> str:
    return f"198.51.{number // 250}.{1 + number % 250}"


def log_in(browser: Any, email: str, network: str, password: str = PASSWORD) -> httpx.Response:
    """In a browser that keeps its cookies."""
    asked = {"email": email, "password": password}
    answer: httpx.Response = browser.api("POST", "/api/login", json=asked, headers={"x-forwarded-for": network})
    return answer
