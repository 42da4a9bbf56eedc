"""A18: a person who begins at Zoom's Marketplace arrives with a code that Calendra did not request, sees an
explanation, and nothing is connected."""

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.real_processes import BORIS


def add_at_zoom(person: Person, practice: Practice) -> None:
    person.go(f"{practice.sandbox}/marketplace")
    person.page.get_by_role("link", name="Add", exact=True).click()
    person.consent.approve(BORIS)


def test_signed_out_and_then_signed_in(boris: Person, practice: Practice) -> None:
    add_at_zoom(boris, practice)
    expect(boris.page.get_by_text("Zoom sent you to Calendra, but you are not signed in here")).to_be_visible()
    expect(boris.page.get_by_role("link", name="Remove Calendra at Zoom")).to_be_visible()
    assert practice.status(BORIS) == "not_connected"
    boris.sign_in()
    expect(boris.page.get_by_text("You came from Zoom. Nothing is connected yet.")).to_be_visible()
    assert practice.status(BORIS) == "not_connected"
    boris.page.get_by_role("button", name="Connect Zoom").click()
    boris.is_told(f"Zoom connected as {BORIS}")
    assert practice.connection(BORIS)["account"] == BORIS


def test_somebody_else_is_signed_in_or_the_state_is_not_ours(cveta: Person, practice: Practice) -> None:
    cveta.arrive()
    add_at_zoom(cveta, practice)
    expect(cveta.page.get_by_text("You are signed in as Cveta Zupan")).to_be_visible()
    cveta.page.get_by_role("link", name="Not now").click()
    expect(cveta.page.get_by_role("button", name="New session")).to_be_visible()
    cveta.go("/oauth/zoom/callback?code=stolen&state=made-up")
    cveta.sees_trouble("This response from Zoom does not belong to a connection that you started here.")
    assert {practice.status(one["email"]) for one in practice.consultants() if one["name"] != "Ana Novak"} == {
        "not_connected"
    }
