"""A person who works with Calendra in their own browser."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import BrowserContext, Cookie, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from demo.practice import PASSWORD
from tests.e2e.calendar_view import CalendarView
from tests.e2e.complaints import Complaints
from tests.e2e.consent_page import ConsentPage
from tests.e2e.kept_browsers import SignIns
from tests.e2e.session_form import SessionForm

_SERVER = re.compile(r"/(api|health|assets)/")
RETRIES = 2  # the server ends a connection that was idle for a while, maybe just as it is used again


class Person:
    def __init__(self, context: BrowserContext, address: str, email: str, sign_ins: SignIns | None = None) -> None:
        self.context = context
        self.address = address
        self.email = email
        self._sign_ins = sign_ins or SignIns()
        self._taken: list[tuple[str, list[Cookie]]] = []
        self.complaints = Complaints(context)
        self.look_at(context.new_page())

    def look_at(self, page: Page) -> None:
        """At another tab."""
        self.page = page
        self.form = SessionForm(page)
        self.calendar = CalendarView(page)
        self.consent = ConsentPage(page)

    def new_tab(self) -> Page:
        return self.context.new_page()

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else f"{self.address}{path}")

    # --- signing in ------------------------------------------------------------------------------------------

    def sign_in(self, within: Locator | None = None, email: str | None = None) -> None:
        """Where the page asks for it."""
        place = within or self.page.locator("body")
        place.get_by_label("E-mail address").fill(email or self.email)
        place.get_by_label("Password", exact=True).fill(PASSWORD)
        place.get_by_role("button", name="Sign in", exact=True).click()

    def arrive(self, path: str = "/") -> "Person":
        """Signed in already, as on most days."""
        self.sign_in_unseen()
        self.go(path)
        expect(self.page.get_by_role("button", name=re.compile(": account menu of "))).to_be_visible()
        return self

    def sign_in_unseen(self, email: str | None = None) -> None:
        """By a sign-in of an earlier test that still counts, which no other browser holds, or by a new one."""
        person = email or self.email
        if not self._signed_in_before(person):
            self._sign_in_anew(person)
        self._acknowledge_others()
        self._sign_ins.taken(self._cookies())
        self._taken.append((person, self._cookies()))

    def _signed_in_before(self, email: str) -> bool:
        while found := self._sign_ins.take(email):
            self.context.add_cookies([{**one} for one in found])  # type: ignore[typeddict-item]
            answer = self.context.request.get(f"{self.address}/api/me", max_retries=RETRIES)
            if answer.ok and answer.json()["email"] == email:
                return True
            self.context.clear_cookies()
        return False

    def _sign_in_anew(self, email: str) -> None:
        request = self.context.request
        request.get(f"{self.address}/health/live", max_retries=RETRIES)
        asked = {"email": email, "password": PASSWORD}
        answer = request.post(
            f"{self.address}/api/login", data=asked, headers={"x-csrftoken": self._token()}, max_retries=RETRIES
        )
        assert answer.ok, answer.text()

    def _acknowledge_others(self) -> None:
        """Every test has a new browser, and the page would tell of those of the tests before."""
        answer = self.context.request.post(
            f"{self.address}/api/login/sessions/acknowledge",
            headers={"x-csrftoken": self._token()},
            max_retries=RETRIES,
        )
        assert answer.ok, answer.text()

    def _cookies(self) -> list[Cookie]:
        return self.context.cookies(self.address)

    def leave(self) -> None:
        """After the test: a sign-in that it has not ended is good for another one."""
        self.complaints.end()
        for email, cookies in self._taken:
            self._sign_ins.give_back(email, cookies)

    def sign_out_unseen(self) -> None:
        """Ends the login as an expiry does: no page of this browser is notified."""
        answer = self.context.request.delete(
            f"{self.address}/api/login", headers={"x-csrftoken": self._token()}, max_retries=RETRIES
        )
        assert answer.ok, answer.text()

    def _token(self) -> str:
        return next(one.get("value", "") for one in self.context.cookies() if one.get("name") == "calendra_csrf")

    def sign_out(self) -> None:
        self.page.get_by_role("button", name=re.compile(": account menu of ")).click()
        self.page.get_by_role("menuitem", name="Sign out").click()
        expect(self.page.get_by_role("heading", name="Sign in")).to_be_visible()

    # --- outages ---------------------------------------------------------------------------------------------

    @property
    def banner(self) -> Locator:
        """About the connection to the server."""
        return self.page.get_by_test_id("reach")

    @contextmanager
    def offline(self) -> Iterator[None]:
        """This browser has no network."""
        self.complaints.answers_fail = True
        self.context.set_offline(True)
        yield
        self.context.set_offline(False)

    @contextmanager
    def server_silent(self) -> Iterator[None]:
        """The network is there, and Calendra does not answer."""
        self.complaints.answers_fail = True
        self.context.route(_SERVER, lambda route: route.abort("connectionrefused"))
        yield
        self.context.unroute(_SERVER)

    # --- sessions --------------------------------------------------------------------------------------------

    def new_session(self) -> SessionForm:
        self.page.get_by_role("button", name="New session").click()
        return self.form.is_open()

    def open_session(self, session_id: str) -> SessionForm:
        """By its address, which the page itself puts there when a session is opened."""
        self.go(f"/?session={session_id}")
        return self.form.is_open()

    # --- what the page says ----------------------------------------------------------------------------------

    def choose(self, label: str, option: str) -> None:
        """In a select. While the page is still growing, its list may close again at once."""
        box, wanted = self.page.get_by_role("combobox", name=label), self.page.get_by_role("option", name=option)
        for _ in range(5):
            box.click()
            with suppress(TooLate):
                wanted.click(timeout=3_000)
                return
        raise AssertionError(f"no {option} to choose in {label}")

    def is_told(self, text: str | re.Pattern[str]) -> None:
        """By the words at the edge of the page, which a screen reader reads too."""
        expect(self.page.get_by_test_id("announcer")).to_contain_text(text)

    def sees_trouble(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("alert").filter(has_text=text)).to_be_visible()
