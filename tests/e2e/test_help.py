"""A17: everyone can read the help page, and it says what the software does."""

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice


def test_without_signing_in(ana: Person, practice: Practice) -> None:
    facts = practice.get("/api/help/zoom")
    ana.go("/help")
    sheet = ana.page.get_by_role("main")
    for permission in facts["permissions"]:
        expect(sheet).to_contain_text(permission["name"])
        expect(sheet).to_contain_text(permission["use"])
    expect(sheet).to_contain_text(facts["support_contact"])
    expect(sheet.get_by_role("link", name=facts["removal_address"]).first).to_be_visible()
    for part in ("Adding", "Using", "Removing", "stored"):
        expect(sheet).to_contain_text(part)


def test_it_says_what_becomes_of_changes_made_at_the_provider(ana: Person) -> None:
    ana.go("/help/zoom")
    changes = ana.page.get_by_role("main")
    expect(changes).to_contain_text("A time, length or title that you changed in Zoom itself is shown on the session")
    expect(changes).to_contain_text("A meeting that was deleted in Zoom is created again, with a new link")
    expect(changes).not_to_contain_text("not followed")


def test_it_says_how_long_things_are_kept(ana: Person, practice: Practice) -> None:
    facts = practice.get("/api/help/zoom")
    ana.go("/help/zoom")
    expect(ana.page.get_by_role("main")).to_contain_text(f"{facts['draft_days']} days")


def test_a_provider_that_is_not_here(ana: Person) -> None:
    ana.go("/help/nowhere")
    expect(ana.page.get_by_role("heading", name="Unknown meeting provider")).to_be_visible()
