"""`make page-figures`: how much the page loads, how soon it can be used, how fast a full week is drawn, how much it
jumps, and how soon a slow line shows something. `--smoke` does all of it once, with a small week."""

import argparse
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page

from tests.page.demo import demo_in_a_browser
from tests.page.full_week import fill_this_week
from tests.real_processes import ADMIN
from tests.walk import PASSWORD

# A mobile line on a bad day, as Chromium's own "slow 3G".
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}

# Notes when the first session and the last one are drawn, and when the browser had no time for anybody. Those behind
# "+7" count as drawn: people see that they are there.
_WATCH = """
window.drawn = () => [...document.querySelectorAll('.column-more')].reduce(
  (sum, more) => sum + Number(more.textContent.replace(/[^0-9]/g, '')),
  document.querySelectorAll('[data-session]').length,
);
window.seen = { first: 0, all: 0, answered: 0, busyUntil: 0, jumped: 0 };
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.seen.busyUntil = task.startTime + task.duration;
}).observe({ type: 'longtask', buffered: true });
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (one.name.includes('/api/bookings?')) window.seen.answered = one.responseEnd;
}).observe({ type: 'resource', buffered: true });
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.seen.jumped += one.value;
}).observe({ type: 'layout-shift', buffered: true });
new MutationObserver(() => {
  const drawn = window.drawn();
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
        digits = 0 if self.unit else 3  # a layout shift is a fraction
        return f"{self.name:<62} {self.value:>9,.{digits}f} {self.unit:<3} (under {self.bound:,g}){mark}"


@dataclass(frozen=True)
class Extent:
    """How much is measured: rounds, and the full week."""

    rounds: int
    consultants: int
    sessions: int


WHOLE = [Extent(5, 10, 500), Extent(5, 60, 500)]
SMOKE = [Extent(1, 2, 10)]


def figures(address: str, browser: Browser, extent: Extent) -> list[Figure]:
    """Medians of several visits, each with an empty cache."""
    rounds = range(extent.rounds)
    before = [_visit(address, browser) for _ in rounds]
    slow = [_first_paint_on_a_slow_line(address, browser) for _ in rounds]
    fill_this_week(address, consultants=extent.consultants, sessions=extent.sessions)
    full = [_full_week(address, browser, extent) for _ in rounds]
    people = f"{extent.consultants} consultants"
    return [
        Figure("first load, all that comes over the wire, compressed", _median(kb for kb, _, _ in before), "KB", 350),
        Figure("until the calendar can be used", _median(ms for _, ms, _ in before), "ms", 1500),
        Figure("first paint on a slow line (400 kbit/s, 400 ms)", statistics.median(slow), "ms", 2500),
        Figure("layout shift of the first load (CLS)", _median(shift for _, _, shift in before), "", 0.1),
        Figure(
            f"{people}, {extent.sessions} sessions a week, from answer to paint",
            _median(ms for ms, _ in full),
            "ms",
            500,
        ),
        Figure(f"{people}: layout shift (CLS)", _median(shift for _, shift in full), "", 0.1),
    ]


def _visit(address: str, browser: Browser) -> tuple[float, float, float]:
    """Kilobytes, milliseconds and layout shift of opening the calendar with nothing in the cache."""
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
        jumped: float = page.evaluate("window.seen.jumped")
        return sum(received) / 1000, usable, jumped


def _first_paint_on_a_slow_line(address: str, browser: Browser) -> float:
    with _signed_in(address, browser) as context:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", SLOW_LINE)
        page.goto(address, wait_until="commit")
        return _when(page, "performance.getEntriesByName('first-contentful-paint')[0]?.startTime")


def _full_week(address: str, browser: Browser, extent: Extent) -> tuple[float, float]:
    """Milliseconds from the answer to the last session drawn, and layout shift."""
    with _signed_in(address, browser) as context:
        page = _watched(context, extent.sessions)
        page.goto(address)
        _when(page, "window.seen.all")
        page.wait_for_timeout(500)
        drawn: float = page.evaluate("window.seen.all - window.seen.answered")
        jumped: float = page.evaluate("window.seen.jumped")
        return drawn, jumped


def _when(page: Page, moment: str, seconds: float = 60) -> float:
    """Milliseconds, once they are known. Not by Playwright's own waiting, which the page's policy forbids."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if found := page.evaluate(moment):
            return float(found)
        page.wait_for_timeout(50)
    raise AssertionError(f"{moment} was not seen in {seconds} seconds")


def _watched(context: BrowserContext, sessions: int = 1) -> Page:
    page = context.new_page()
    page.add_init_script(_WATCH.replace("MANY", str(sessions)))
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
            f"{address}/api/login", data={"email": ADMIN, "password": PASSWORD}, headers={"x-csrftoken": token}
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
    reader = argparse.ArgumentParser(description="Measures the page.")
    reader.add_argument("--smoke", action="store_true", help="all of it once, with a small week; bounds do not matter")
    smoke = reader.parse_args().smoke
    kept = True
    for extent in SMOKE if smoke else WHOLE:
        with demo_in_a_browser() as (address, _, browser):
            found = figures(address, browser, extent)
        for figure in found:
            print(figure, flush=True)
        kept = kept and all(figure.kept for figure in found)
    return 0 if kept or smoke else 1


if __name__ == "__main__":
    sys.exit(main())
