"""Clients are people with rights: their pages, corrected, merged, archived, exported, erased."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import has_no_violations
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ADMIN, ANA


@pytest.fixture
def two(practice: Practice) -> Iterator[list[dict[str, Any]]]:
    """The same person, entered twice."""
    word, admin = uuid4().hex[:6], practice.of(ADMIN)
    forms = [{"name": f"Črt Žvan {word}"}, {"name": f"Crt Zvan {word}", "email": f"{word}@example.org"}]
    made = [admin.api("POST", "/api/clients", json=form).raise_for_status().json() for form in forms]
    yield made
    for one in made:
        practice.client_ids.pop(one["name"], None)
        admin.api("POST", f"/api/clients/{one['id']}/archive")


def test_a_client_is_noted_merged_exported_and_erased(
    admin: Person, practice: Practice, two: list[dict[str, Any]], tmp_path: Path
) -> None:
    kept, other = two
    practice.client_ids |= {one["name"]: one["id"] for one in two}
    booked = practice.book(ANA, "Of the double", Slot.of(1, "16:10"), clients=(other["name"],), online=False)
    page = admin.page
    admin.arrive(f"/clients/{kept['id']}")
    page.get_by_role("textbox", name="Note").fill("Called about the papers.")
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_test_id("contact-note")).to_contain_text("Called about the papers.")
    page.get_by_role("button", name="Edit").click()
    page.get_by_role("textbox", name="Phone").fill("040 123 456")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="040 123 456")).to_be_visible()
    has_no_violations(page, "one client")
    page.get_by_role("button", name="More options", exact=True).click()
    page.get_by_role("menuitem", name="Merge with another client").click()
    merging = page.get_by_role("dialog", name="Merge with another client")
    merging.get_by_role("combobox", name="Other client").fill(other["name"])
    merging.get_by_role("combobox", name="Other client").press("Enter")
    expect(merging.get_by_test_id("merger")).to_contain_text("1 session moves.")
    merging.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_test_id("session-row")).to_contain_text("Of the double")
    expect(page.get_by_role("link", name=other["email"])).to_be_visible()
    page.get_by_role("button", name="More options", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Export client data").click()
    download.value.save_as(tmp_path / "export.json")
    stored = json.loads((tmp_path / "export.json").read_text())
    assert [one["id"] for one in stored["sessions"]] == [booked["id"]]
    assert stored["contact_notes"][0]["text"] == "Called about the papers."
    page.get_by_role("button", name="More options", exact=True).click()
    page.get_by_role("menuitem", name="Erase all data").click()
    erasing = page.get_by_role("dialog", name="Erase all data")
    expect(erasing.get_by_test_id("client-erasure")).to_contain_text("Of the double")
    erase = erasing.get_by_role("button", name="Erase", exact=True)
    erasing.get_by_role("checkbox", name="I understand").check()
    expect(erase).to_be_disabled()
    erasing.get_by_role("checkbox", name="Cancel these sessions").check()
    erase.click()
    expect(erasing.get_by_test_id("receipt")).to_contain_text("1 client")
    expect(page.get_by_role("heading", level=1, include_hidden=True)).to_have_text("Erased client")
    expect(page.get_by_text(kept["name"])).to_have_count(0)
    session = practice.of(ADMIN).api("GET", f"/api/bookings/{booked['id']}").json()
    assert (session["status"], [one["name"] for one in session["clients"]]) == ("cancelled", [""])


def test_sessions_that_go_on_naming_an_erased_client_are_listed(
    admin: Person, practice: Practice, two: list[dict[str, Any]]
) -> None:
    client, friend = two
    practice.client_ids |= {one["name"]: one["id"] for one in two}
    first = client["name"].split()[0]
    names = (client["name"], friend["name"])
    practice.book(ANA, f"{first} and a friend", Slot.of(1, "16:10"), clients=names, online=False)
    admin.arrive(f"/clients/{client['id']}")
    admin.page.get_by_role("button", name="More options", exact=True).click()
    admin.page.get_by_role("menuitem", name="Erase all data").click()
    erasing = admin.page.get_by_role("dialog", name="Erase all data")
    stays = erasing.get_by_test_id("client-erasure-stays")
    expect(stays).to_contain_text("1 session still name the client")
    expect(stays).not_to_contain_text("0 past")
    has_no_violations(admin.page, "erasing a client")
    erasing.get_by_role("checkbox", name="I understand").check()
    erasing.get_by_role("checkbox", name="Cancel these sessions").check()
    erasing.get_by_role("button", name="Erase", exact=True).click()
    receipt = erasing.get_by_test_id("receipt")
    expect(receipt).to_contain_text("What stays")
    with admin.page.expect_popup() as opened:
        receipt.get_by_test_id("naming-sessions").get_by_role("link").click()
    expect(opened.value.get_by_role("textbox", name="Title")).to_have_value(f"{first} and a friend")


def test_names_are_found_as_people_write_them_and_nobody_is_added_twice_without_a_word(
    admin: Person, practice: Practice, two: list[dict[str, Any]]
) -> None:
    """However fast the form is filled in and sent."""
    known, word = two[1], two[0]["name"].rpartition(" ")[2]
    admin.arrive("/clients")
    find = admin.page.get_by_role("searchbox", name="Name, e-mail or phone")
    find.fill(f"zvan {word} CRT")
    expect(admin.page.get_by_test_id("client-row")).to_have_count(2)
    has_no_violations(admin.page, "clients")
    find.fill(f"{word}@example")
    expect(admin.page.get_by_test_id("client-row")).to_have_count(1)
    admin.page.get_by_role("button", name="New client").first.click()
    adding = admin.page.get_by_role("dialog")
    adding.get_by_role("textbox", name="Name").fill("Somebody Else")
    adding.get_by_role("textbox", name="E-mail").fill(known["email"])
    adding.get_by_role("textbox", name="E-mail").press("Enter")
    expect(adding.get_by_test_id("known-client")).to_contain_text(known["name"])
    expect(adding.get_by_role("button", name="Add anyway")).to_be_enabled()
    found = practice.of(ADMIN).api("GET", "/api/clients", params={"email": known["email"]}).json()
    assert [one["id"] for one in found] == [known["id"]]
    adding.get_by_role("button", name=f"Choose {known['name']}").click()
    expect(admin.page.get_by_role("heading", level=1)).to_have_text(known["name"])
    admin.page.get_by_role("button", name="More options", exact=True).click()
    admin.page.get_by_role("menuitem", name="Archive").click()
    admin.page.get_by_role("button", name="Restore").click()
    expect(admin.page.get_by_text("cannot be chosen for new sessions")).to_be_hidden()
