"""`make screenshots`: the pictures of docs/screenshots, taken of a demo that has something to show.

python -m tests.page.screenshots FOLDER            puts them elsewhere
python -m tests.page.screenshots FOLDER --smoke    takes one of them, to see that it still works
"""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page

from tests import browser as program
from tests.page.demo import demo_in_a_browser
from tests.real_processes import ADMIN, ANA, BORIS, CVETA, ROOT
from tests.sandbox_control import SandboxControl
from tests.walk import PASSWORD

FOLDER = ROOT / "docs" / "screenshots"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NAMES = {
    "connected-light",
    "calendar-phone",
    "calendar-slovenian",
    *(f"{name}-{scheme}" for name in ("calendar", "session", "sessions", "connections", "help") for scheme in SCHEMES),
}
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


class Pictures:
    def __init__(self, address: str, sandbox: str, browser: Browser, folder: Path) -> None:
        self.address = address
        self.folder = folder
        self.zoom = SandboxControl(sandbox)
        self.browser = browser
        self.taken: set[str] = set()

    def take_one(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self._on_a_phone()

    def take(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self._something_to_show()
        self._connected()
        for scheme in SCHEMES:
            with self._signed_in(ADMIN, scheme) as page:
                self._next_week(page)
                self._save(page, f"calendar-{scheme}")
                page.locator("[data-session]").filter(has_text="Group supervision").click()
                page.get_by_test_id("quick-card").get_by_role("button", name="Edit").click()
                page.get_by_test_id("meeting").wait_for()
                self._save(page, f"session-{scheme}")
                for name in ("sessions", "connections", "help"):
                    page.goto(f"{self.address}/{name}")
                    if name == "connections":
                        page.get_by_role("button", name="Cveta Zupan, Zoom: show details").click()
                    self._save(page, f"{name}-{scheme}")
        self._on_a_phone()
        with self._signed_in(ANA, "light", locale="sl-SI") as page:
            self._next_week(page, "Naslednji teden")
            self._save(page, "calendar-slovenian")
        assert self.taken == NAMES, f"not taken: {NAMES - self.taken}"

    def _on_a_phone(self) -> None:
        with self._signed_in(ADMIN, "light", viewport=PHONE, has_touch=True) as page:
            self._next_week(page)
            self._save(page, "calendar-phone")

    def _something_to_show(self) -> None:
        """Cveta is connected, has an online session, and then removes the app: that session is at risk."""
        with program.Browser(self.address) as cveta:
            cveta.log_in(CVETA, PASSWORD)
            start = cveta.api("POST", "/api/connections/zoom", json={}).json()
            cveta.consent(start["authorize_address"], CVETA).raise_for_status()
            now = datetime.now(UTC)
            range_ = {"start": now.isoformat(), "until": (now + timedelta(days=30)).isoformat()}
            found = cveta.api("GET", "/api/bookings", params=range_).raise_for_status().json()
            session = next(one for one in found["items"] if one["title"] == "Mediation")
            edit = {"online": True, "provider": "zoom"}
            cveta.api("PATCH", f"/api/bookings/{session['id']}", json=edit).raise_for_status()
            self.zoom.remove_app(CVETA)

    def _connected(self) -> None:
        with self._signed_in(BORIS, "light") as page:
            self._next_week(page)
            page.get_by_role("button", name="New session").click()
            page.get_by_role("combobox", name="Clients").fill("Eva")
            page.get_by_role("option", name="Eva Bizjak").click()
            page.get_by_role("textbox", name="Title").fill("Career talk")
            page.get_by_role("switch").check(force=True)
            page.get_by_role("button", name="Connect Zoom and save").click()
            page.wait_for_url("**/oauth/authorize**")
            page.get_by_text(BORIS).click()
            page.route("**/api/bookings", lambda _: None)  # so that the form can be seen while it saves
            page.get_by_role("button", name="Approve", exact=True).click()
            page.get_by_test_id("connected").wait_for()
            self._save(page, "connected-light")

    def _next_week(self, page: Page, later: str = "Next week") -> None:
        page.get_by_role("button", name=later).click()
        page.locator("[data-session]").first.wait_for()
        page.mouse.move(640, 700)

    def _save(self, page: Page, name: str) -> None:
        assert name in NAMES, f"{name} is in no list"
        self.taken.add(name)
        page.wait_for_timeout(900)  # until what slides in has arrived
        page.screenshot(path=self.folder / f"{name}.png")
        print(self.folder / f"{name}.png")

    @contextmanager
    def _signed_in(self, email: str, scheme: Literal["light", "dark"], **looks: Any) -> Iterator[Page]:
        usual = {"viewport": WIDE, "locale": "en-GB", "timezone_id": "Europe/Ljubljana", "reduced_motion": "reduce"}
        context = self.browser.new_context(color_scheme=scheme, **{**usual, **looks})
        page = context.new_page()
        page.goto(self.address)
        page.locator("input[type=email]").fill(email)
        page.locator("input[autocomplete=current-password]").fill(PASSWORD)
        page.locator("button[type=submit]").click()
        page.locator("main").wait_for()
        yield page
        context.close()


if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m tests.page.screenshots")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--smoke", action="store_true", help="one picture, to see that it still works")
    chosen = parser.parse_args()
    with demo_in_a_browser() as (address, sandbox, browser):
        pictures = Pictures(address, sandbox, browser, chosen.folder)
        if chosen.smoke:
            pictures.take_one()
        else:
            pictures.take()
