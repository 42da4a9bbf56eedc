"""A16: connection data is erased on request, with a receipt."""

from playwright.sync_api import Locator, expect

from adapters.in_memory.provider.fault import Fault
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.real_processes import BORIS


def _erase(admin: Person, email: str) -> Locator:
    asking = admin.page.get_by_role("dialog", name="Erase connection data")
    asking.get_by_role("textbox", name="E-mail address of the person").fill(email)
    asking.get_by_role("button", name="Continue").click()
    expect(asking).to_contain_text(f"Erase the connection data of {email}?")
    asking.get_by_role("button", name="Erase now").click()
    return admin.page.get_by_role("dialog")


def test_an_admin_erases_by_address_and_keeps_the_receipt(admin: Person, practice: Practice) -> None:
    practice.connect(BORIS)
    admin.arrive("/connections")
    admin.page.get_by_role("button", name="Erase by e-mail address").click()
    _erase(admin, "nobody@example.com")
    admin.sees_trouble("No one in this practice signs in with this e-mail address.")
    admin.go("/connections")
    admin.page.get_by_role("button", name="Erase by e-mail address").click()
    receipt = _erase(admin, BORIS)
    expect(receipt).to_contain_text("1 connection")
    expect(receipt).to_contain_text("Zoom has ended the authorization.")
    with admin.page.expect_download() as download:
        receipt.get_by_text("Download", exact=True).click()
    assert download.value.suggested_filename.startswith("calendra-erasure-")
    assert practice.status(BORIS) == "not_connected"


def test_a_receipt_after_a_disconnection_says_what_did_not_end_at_zoom(admin: Person, practice: Practice) -> None:
    practice.connect(BORIS)
    practice.zoom.strike("revoke", Fault.SCOPE_MISSING)
    practice.disconnect(BORIS)
    admin.arrive("/connections")
    admin.page.get_by_role("button", name="Erase by e-mail address").click()
    receipt = _erase(admin, BORIS)
    expect(receipt).to_contain_text("Disconnected in Calendra.")
    expect(receipt).to_contain_text("Calendra may still be installed in that account.")
    expect(receipt.get_by_role("link", name=practice.get("/api/help/zoom")["removal_address"])).to_be_visible()
