"""Browsers that tests of the same looks use one after the other: an empty one takes twice the time to load the page.

Between two tests all that the page or the test left in it is removed: tabs, cookies, storage, cache, permissions and
what stands in the way of requests. A tab that shows nothing stays open and keeps the process that knows the scripts.
"""

import time
from contextlib import suppress
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Cookie, Error, Page

FRESH = 120  # seconds; the proof of a sign-in lasts five minutes
SPARE = 2  # that wait for the next test; each is a process
Cookies = list[Cookie]


class KeptBrowsers:
    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._waiting: list[tuple[dict[str, Any], BrowserContext, Page]] = []
        self._lent: list[tuple[dict[str, Any], BrowserContext, Page]] = []

    def lend(self, address: str, looks: dict[str, Any], *, kept: bool = True) -> BrowserContext:
        if not kept:
            return self._browser.new_context(**looks)
        lent = next((one for one in self._waiting if one[0] == looks), None)
        if lent:
            self._waiting.remove(lent)
        else:
            context = self._browser.new_context(**looks)
            lent = (looks, context, context.new_page())
        lent[2].goto(f"{address}/health/live")
        self._lent.append(lent)
        return lent[1]

    def take_back(self, context: BrowserContext, address: str) -> None:
        lent = next((one for one in self._lent if one[1] is context), None)
        if lent is None:
            context.close()
            return
        self._lent.remove(lent)
        with suppress(Error):  # a test may have closed it
            _empty(context, lent[2], address)
            self._waiting.append(lent)
        while len(self._waiting) > SPARE:
            self._waiting.pop(0)[1].close()


def _empty(context: BrowserContext, anchor: Page, address: str) -> None:
    for page in context.pages:
        if page is not anchor:
            page.close()
    context.unroute_all()
    context.set_offline(False)
    context.clear_permissions()
    context.clear_cookies()
    wire = context.new_cdp_session(anchor)
    wire.send("Network.clearBrowserCache")
    wire.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})
    wire.detach()


class SignIns:
    """Of each person those that no browser holds: a sign-in takes half a second by itself. Only fresh ones, so that no
    test is asked for the password in between."""

    def __init__(self) -> None:
        self._free: dict[str, list[Cookies]] = {}
        self._since: dict[str, float] = {}  # by the token of the login session

    def take(self, email: str) -> Cookies | None:
        free = self._free.get(email, [])
        while free:
            cookies = free.pop()
            if time.monotonic() < self._since[_token(cookies)] + FRESH:
                return cookies
        return None

    def give_back(self, email: str, cookies: Cookies) -> None:
        self._free.setdefault(email, []).append(cookies)

    def taken(self, cookies: Cookies) -> None:
        self._since.setdefault(_token(cookies), time.monotonic())


def _token(cookies: Cookies) -> str:
    return next(one.get("value", "") for one in cookies if str(one.get("name")).endswith("calendra_session"))
