"""`make page-figures`: how much the page loads, how soon it can be used, how fast a full week is drawn."""

import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.page.demo import demo_in_a_browser
from tests.page.full_week import SESSIONS, fill_this_week
from tests.running import ADMIN
from tests.walk import PASSWORD

ROUNDS = 5

# Notes when the first session and the last one are drawn, and when the browser had no time for anybody.
_WATCH = """
window.seen = { first: 0, all: 0, answered: 0, busyUntil: 0 };
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.seen.busyUntil = task.startTime + task.duration;
}).observe({ type: 'longtask', buffered: true });
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (one.name.includes('/api/bookings?')) window.seen.answered = one.responseEnd;
}).observe({ type: 'resource', buffered: true });
new MutationObserver(() => {
  const drawn = document.querySelectorAll('[data-session]').length;
  const note = (name) => requestAnimationFrame(() => setTimeout(() => { window.seen[name] ||= performance.now(); }));
  if (drawn > 0 && !window.seen.first) note('first');
  if (drawn >= MANY && !window.seen.all) note('all');
}).observe(document, { childList: true, subtree: true });
"""


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    unit: str
    bound: float

    @property
    def kept(self) -> bool:
        return self.value < self.bound

    def __str__(self) -> str:
        mark = "" if self.kept else "   MISSED"
        return f"{self.name:<58} {self.value:>7,.0f} {self.unit:<3} (under {self.bound:,.0f}){mark}"


def figures(address: str, browser: Browser) -> list[Figure]:
    """Medians of several visits, each with an empty cache."""
    visits = [_visit(address, browser) for _ in range(ROUNDS)]
    fill_this_week(address)
    full = [_full_week(address, browser) for _ in range(ROUNDS)]
    return [
        Figure("first load, all that comes over the wire, compressed", _median(kb for kb, _ in visits), "KB", 350),
        Figure("until the calendar can be used", _median(ms for _, ms in visits), "ms", 1500),
        Figure(f"a week with {SESSIONS} sessions, from answer to paint", statistics.median(full), "ms", 500),
    ]


def _visit(address: str, browser: Browser) -> tuple[float, float]:
    """Kilobytes and milliseconds of opening the calendar with nothing in the cache."""
    with _signed_in(address, browser) as context:
        page = _watched(context)
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        received: list[float] = []
        wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        page.goto(address)
        page.get_by_role("button", name="New session").wait_for()
        page.wait_for_load_state("load")
        page.wait_for_timeout(1500)  # whatever else the page wants to do by itself
        usable: float = page.evaluate("Math.max(window.usable, window.seen.busyUntil)")
        return sum(received) / 1000, usable


def _full_week(address: str, browser: Browser) -> float:
    with _signed_in(address, browser) as context:
        page = _watched(context)
        page.goto(address)
        expect(page.locator("[data-session]")).to_have_count(SESSIONS, timeout=60_000)
        page.wait_for_timeout(500)
        drawn: float = page.evaluate("window.seen.all - window.seen.answered")
        return drawn


def _watched(context: BrowserContext) -> Page:
    page = context.new_page()
    page.add_init_script(_WATCH.replace("MANY", str(SESSIONS)))
    page.add_init_script(
        "new MutationObserver((_, own) => { if ([...document.querySelectorAll('main button')].some((one) => "
        "one.textContent.includes('New session'))) { own.disconnect(); requestAnimationFrame(() => setTimeout(() => "
        "{ window.usable = performance.now(); })); } }).observe(document, { childList: true, subtree: true });"
    )
    return page


@contextmanager
def _signed_in(address: str, browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="en-GB", timezone_id="Europe/Ljubljana"
    )
    try:
        token = next(one for one in _cookies(context, address) if one["name"] == "calendra_csrf")["value"]
        answer = context.request.post(
            f"{address}/api/session", data={"email": ADMIN, "password": PASSWORD}, headers={"x-csrftoken": token}
        )
        assert answer.ok, answer.text()
        yield context
    finally:
        context.close()


def _cookies(context: BrowserContext, address: str) -> list[dict[str, str]]:
    context.request.get(f"{address}/api/help")
    return [dict(one) for one in context.cookies()]  # type: ignore[arg-type]  # a typed dict of texts and numbers


def _median(values: Iterator[float]) -> float:
    return statistics.median(values)


def main() -> int:
    with demo_in_a_browser() as (address, _, browser):
        found = figures(address, browser)
    for figure in found:
        print(figure)
    return 0 if all(figure.kept for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
