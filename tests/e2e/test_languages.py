"""Two languages: by the browser, and by the account's own choice."""

from playwright.sync_api import expect

from tests.e2e.conftest import Somebody
from tests.e2e.practice import Practice
from tests.real_processes import ANA


def test_a_slovenian_browser_sees_and_is_refused_in_slovenian(somebody: Somebody) -> None:
    ana = somebody(ANA, locale="sl-SI")
    ana.go("/")
    ana.page.locator("input[type=email]").fill(ANA)
    ana.page.locator("input[autocomplete=current-password]").fill("not the password")
    ana.page.locator("button[type=submit]").click()
    ana.sees_trouble("E-poštni naslov ali geslo ni pravilno.")
    ana.sign_in_unseen()
    ana.go("/")
    expect(ana.page.get_by_role("button", name="Novo srečanje")).to_be_visible()
    assert ana.page.evaluate("document.documentElement.lang") == "sl"


def test_the_language_is_chosen_in_the_settings_and_goes_before_the_browsers(
    somebody: Somebody, practice: Practice
) -> None:
    ana = somebody(ANA).arrive()
    ana.page.get_by_role("button", name="AN: account menu of Ana Novak").click()
    ana.page.get_by_role("menuitem", name="Settings").click()
    settings = ana.page.get_by_role("dialog", name="Settings")
    try:
        settings.get_by_role("combobox", name="Language").click()
        ana.page.get_by_role("option", name="Slovenščina").click()
        settings.get_by_role("button", name="Save settings").click()
        expect(ana.page.get_by_role("button", name="Novo srečanje")).to_be_visible()
        assert practice.get("/api/me", by=ANA)["language"] == "sl"
        ana.go("/connections")
        expect(ana.page.get_by_role("heading", level=1)).to_have_text("Povezani računi")
    finally:
        practice.of(ANA).api("PATCH", "/api/me", json={"language": None}).raise_for_status()
