"""One person consents in two browsers at once, served by two processes, and the older answer arrives last."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any, cast

import pytest

from adapters.in_memory.provider.fault import Fault
from demo.practice import PASSWORD
from tests.browser import Browser
from tests.chaos.races.practice import Practice
from tests.real_processes import BORIS, CVETA
from tests.walk import wait_until

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("late", "email"), [("exchange", BORIS), ("current_user", CVETA)])
def test_the_newest_consent_stands_and_both_returns_say_so(practice: Practice, late: str, email: str) -> None:
    people = practice.admin.api("GET", "/api/consultants").raise_for_status().json()
    host = next(cast(Any, SimpleNamespace(**one)) for one in people if one["email"] == email)
    practice.zoom.strike(late, Fault.LATE, account=email, delay_ms=2000)
    first, second = (Browser(address) for address in practice.addresses)
    with first, second, ThreadPoolExecutor(1) as pool:
        older, newer = _agreed(practice, first, host), _agreed(practice, second, host)
        answer = pool.submit(first.come_back, older)
        wait_until(lambda: _taken(practice, host), "the older one has been taken by the provider")
        told = [second.come_back(newer), answer.result()]
    assert [(one.status_code, one.json()["account"]) for one in told] == [(200, host.email)] * 2
    refreshed = practice.zoom.counts(host.email)["refreshed"]
    practice.book_ready(host, f"after two consents, {late}")
    assert practice.zoom.counts(host.email)["refreshed"] == refreshed
    assert practice.audit().faults == {}


def _agreed(practice: Practice, browser: Browser, host: Any) -> Any:
    browser.log_in(host.email, PASSWORD)
    asked = browser.api("POST", "/api/connections/zoom", json={}).raise_for_status().json()["authorize_address"]
    agreed = practice.zoom.http.post("/approve", json={"authorize_url": asked, "account": host.email})
    return agreed.raise_for_status().json()["location"]


def _taken(practice: Practice, host: Any) -> bool:
    return practice.zoom.counts(host.email)["exchanged"] >= 1
