"""Nothing that an ended person holds is worth anything a second later, in any process."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from demo.practice import PASSWORD
from tests.browser import Browser
from tests.database import DatabaseServer, fresh_database
from tests.joining import join, token_of
from tests.real_processes import ADMIN, Service, service
from tests.tally import tally

TABLE = "Ended accounts"
A_SECOND = 1.0
NEW = "another password for tests"


@pytest.fixture(scope="module")
def calendra(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Two processes."""
    folder: Path = tmp_path_factory.mktemp("service")
    with (
        fresh_database(database_server) as address,
        service(address, folder, worker_in_web="false") as running,
    ):
        running.serve()
        running.serve()
        yield running


class Leaver:
    """A consultant with a login in each process, a draft, a connect link, an authorization request and a reset link."""

    def __init__(self, calendra: Service) -> None:
        self.calendra, self.admin = calendra, calendra.browser(ADMIN)
        self.email = f"{uuid4().hex[:8]}@example.com"
        self.id = join(self.admin, calendra.stranger(), "Lea", self.email, PASSWORD)["id"]
        self.browsers = [self._logged_in(calendra.stranger(server)) for server in calendra.servers]
        mine = self.browsers[0]
        self.draft = f"/api/drafts/{uuid4()}"
        mine.api("PUT", self.draft, json={"form": {"title": "Unfinished"}}).raise_for_status()
        link = self.admin.api("POST", f"/api/connections/zoom/{self.id}/links").raise_for_status()
        self.connect_link = f"/api/connections/links/{link.json()['link'].rpartition('/')[2]}"
        mine.api("GET", self.connect_link).raise_for_status()
        started = mine.api("POST", "/api/connections/zoom", json={}).raise_for_status().json()
        self.state = httpx.URL(started["authorize_address"]).params["state"]
        self.reset_token = token_of(self._of_admin("reset-link")["link"])

    def _logged_in(self, browser: Browser) -> Browser:
        browser.log_in(self.email, PASSWORD)
        assert browser.api("GET", "/api/me").is_success, "this process remembers the login now"
        return browser

    def _of_admin(self, what: str) -> dict[str, Any]:
        answer = self.admin.api("POST", f"/api/people/{self.id}/{what}", json={} if what == "end" else None)
        return dict(answer.raise_for_status().json())

    def end(self) -> None:
        self._of_admin("end")

    def sign_in(self, password: str, browser: Browser | None = None) -> httpx.Response:
        credentials = {"email": self.email, "password": password}
        return (browser or self.calendra.stranger()).api("POST", "/api/login", json=credentials)

    def use_reset_link(self) -> httpx.Response:
        form = {"token": self.reset_token, "password": NEW}
        return self.calendra.stranger().api("POST", "/api/reset-links/use", json=form)

    def tries(self) -> dict[str, Callable[[], httpx.Response]]:
        """Everything that the person holds, in each process."""
        back = {"state": self.state, "code": "a code"}
        change = {"old": PASSWORD, "new": NEW}
        week = "/api/bookings?start=2027-01-01T00:00:00Z&until=2027-02-01T00:00:00Z"
        found: dict[str, Callable[[], httpx.Response]] = {}
        for number, one in enumerate(self.browsers):
            found |= {
                f"cookie {number}": partial(one.api, "GET", "/api/me"),
                f"sessions {number}": partial(one.api, "GET", week),
                f"draft {number}": partial(one.api, "GET", self.draft),
                f"connect link {number}": partial(one.api, "POST", self.connect_link),
                f"authorization {number}": partial(one.api, "POST", "/api/connections/zoom/callback", json=back),
                f"password change {number}": partial(one.api, "PUT", "/api/me/password", json=change),
                f"password in a known browser {number}": partial(self.sign_in, PASSWORD, one),
            }
        return found | {
            "password": lambda: self.sign_in(PASSWORD),
            "reset link": self.use_reset_link,
        }


def _stream(browser: Browser) -> AbstractContextManager[httpx.Response]:
    """Ends long before a heartbeat, or fails."""
    return httpx.stream("GET", f"{browser.address}/api/events", cookies=browser.http.cookies, timeout=5)


def test_nothing_an_ended_person_holds_lets_them_in_a_second_later(calendra: Service) -> None:
    lea = Leaver(calendra)
    tries = lea.tries()
    with _stream(lea.browsers[0]) as first, _stream(lea.browsers[1]) as second:
        lines = [first.iter_lines(), second.iter_lines()]
        assert all(": connected" in (next(one) for _ in range(5)) for one in lines)
        lea.end()
        ended = time.monotonic()
        told = [line for one in lines for line in one if line.startswith("data:")]
        took = time.monotonic() - ended
    assert told == []
    assert took < A_SECOND, "an open page hears of the end, and not at its next heartbeat"
    time.sleep(max(A_SECOND - took, 0))
    let_in = [name for name, attempt in tries.items() if attempt().is_success]
    tally(TABLE, "a second after the end", tries=len(tries), refused=len(tries) - len(let_in), let_in=len(let_in))
    assert let_in == []


def test_a_draft_of_an_ended_person_does_not_come_back_with_them(calendra: Service) -> None:
    lea = Leaver(calendra)
    lea.end()
    lea._of_admin("restore")
    let_in = [name for name, attempt in lea.tries().items() if attempt().is_success]
    tally(
        TABLE, "after coming back", tries=len(lea.tries()), refused=len(lea.tries()) - len(let_in), let_in=len(let_in)
    )
    assert let_in == [], "what was void stays void"
    token = token_of(lea._of_admin("reset-link")["link"])
    back = calendra.stranger()
    back.api("POST", "/api/reset-links/use", json={"token": token, "password": NEW}).raise_for_status()
    assert back.api("GET", "/api/drafts").json() == []
    assert back.api("GET", lea.draft).status_code == 404
    assert back.api("GET", lea.connect_link).status_code == 410


def test_an_ended_address_is_answered_like_an_unknown_one(calendra: Service) -> None:
    lea = Leaver(calendra)
    lea.end()
    unknown = {"email": f"{uuid4().hex}@example.com", "password": PASSWORD}

    def timed(credentials: dict[str, str]) -> tuple[float, httpx.Response]:
        stranger = calendra.stranger()
        stranger.api("GET", "/api/me")
        begun = time.perf_counter()
        answer = stranger.api("POST", "/api/login", json=credentials)
        return time.perf_counter() - begun, answer

    ended_times, unknown_times = [], []
    for _ in range(3):
        took, of_ended = timed({"email": lea.email, "password": PASSWORD})
        ended_times.append(took)
        took, of_unknown = timed(unknown)
        unknown_times.append(took)
        assert (of_ended.status_code, of_ended.json()) == (of_unknown.status_code, of_unknown.json())
    assert of_ended.status_code == 401
    fast, slow = sorted((min(ended_times), min(unknown_times)))
    assert slow < fast * 2, "a password is compared in both cases"
