"""Choosing clients in the session form: by keyboard, on slow networks, with input methods, and no client twice."""

import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.forms import SLOT
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.session_form import SessionForm
from tests.real_processes import ADMIN

SLOW = 0.8  # seconds


@pytest.fixture
def names(practice: Practice) -> Iterator[list[str]]:
    """Clients of this test alone, archived in the end."""
    word = uuid4().hex[:6]
    names = [f"Žiga Šuštar-{word}", f"Zora O’Neill-{word}"]
    admin, made = practice.of(ADMIN), []
    for number, name in enumerate(names):
        form = {"name": name, "email": f"{word}.{number}@example.org"}
        made.append(admin.api("POST", "/api/clients", json=form).raise_for_status().json())
    yield names
    for one in made:
        admin.api("POST", f"/api/clients/{one['id']}/archive").raise_for_status()


def _options(form: SessionForm) -> list[str]:
    return form.page.get_by_role("option").all_inner_texts()


def test_enter_takes_the_best_match_and_a_typed_name_is_chosen(ana: Person, names: list[str]) -> None:
    ana.arrive()
    form = ana.new_session().is_open()
    word = names[0].rpartition("-")[2]
    for text in (f"sustar-{word} ziga", f"oneill-{word}"):
        form.clients.fill(text)
        form.clients.press("Enter")  # before the answer has come
        expect(form.clients).to_have_value("")
        expect(form.page.get_by_role("listbox")).to_be_hidden()
    for name in names:
        remove = form.dialog.get_by_role("button", name=f"Remove {name}")
        expect(remove).to_be_visible()
        remove.click()
    form.clients.fill(f"ziga sustar-{word}")
    form.title.focus()  # the whole name was typed
    expect(form.dialog.get_by_role("button", name=f"Remove {names[0]}")).to_be_visible()
    form.clients.fill("Nobody at all")
    form.title.focus()
    expect(form.dialog).to_contain_text("has not been added")


def test_saving_asks_who_is_meant_by_a_name_that_nobody_has(ana: Person, names: list[str]) -> None:
    ana.arrive()
    form = ana.new_session().is_open()
    form.add_client(names[0])
    form.clients.fill("Nobody at all")
    form.save()
    expect(form.dialog).to_contain_text("has not been added")
    expect(form.clients).to_be_focused()
    expect(form.clients).to_have_value("Nobody at all")
    form.dialog.get_by_role("button", name="Add “Nobody at all” as a new client").click()
    expect(form.dialog.get_by_label("Name")).to_have_value("Nobody at all")


def test_rows_stay_in_place_when_answers_come_late(ana: Person, names: list[str]) -> None:
    word = names[0].rpartition("-")[2]

    def slowly(route: Route) -> None:
        time.sleep(SLOW)
        route.continue_()

    ana.arrive()
    form = ana.new_session().is_open()
    form.clients.fill(word)
    expect(form.page.get_by_role("option")).to_have_count(3)
    before = _options(form)
    ana.page.route("**/api/clients?*", slowly)
    form.clients.press_sequentially("z")
    form.clients.press("Backspace")
    row = form.page.get_by_role("option").nth(1)
    place = row.bounding_box()
    ana.page.wait_for_timeout(int(SLOW * 2500))
    assert row.bounding_box() == place
    assert _options(form) == before
    row.click()
    expect(form.dialog.get_by_role("button", name=f"Remove {before[1].splitlines()[0]}")).to_be_visible()
    expect(form.page.get_by_role("listbox")).to_be_hidden()
    ana.page.unroute("**/api/clients?*")


def test_nobody_is_added_twice(ana: Person, practice: Practice, names: list[str]) -> None:
    word = names[0].rpartition("-")[2]
    known = practice.get(f"/api/clients?text={names[0]}")[0]
    practice.of(ADMIN).api("POST", f"/api/clients/{known['id']}/archive").raise_for_status()
    ana.arrive()
    form = ana.new_session().is_open()
    form.clients.fill(f"{word}.0@example.org")
    form.page.get_by_role("option", name="Add").click()
    form.dialog.get_by_role("button", name=f"Restore {names[0]}").click()
    expect(form.dialog.get_by_role("button", name=f"Remove {names[0]}")).to_be_visible()
    lost: list[str] = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            route.fetch()
            lost.append(route.request.headers["idempotency-key"])
            route.abort()
        else:
            route.continue_()

    ana.complaints.answers_fail = True
    ana.page.route("**/api/clients", lose_the_answer)
    form.clients.fill(f"Only Once {word}")
    form.page.get_by_role("option", name="Add").click()
    add = form.dialog.get_by_role("button", name="Add client")
    add.click()
    expect(form.dialog.get_by_role("alert").first).to_be_visible()
    add.click()
    expect(form.dialog.get_by_role("button", name=f"Remove Only Once {word}")).to_be_visible()
    assert lost
    assert len(practice.get(f"/api/clients?text=only once {word}")) == 1


def _compose(page: Page) -> None:
    """Enter as an input method sends it: the key that chooses characters."""
    session = page.context.new_cdp_session(page)
    key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229, "text": "\r", "unmodifiedText": "\r"}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    session.detach()


def test_enter_of_an_input_method_submits_nothing(ana: Person, practice: Practice, names: list[str]) -> None:
    ana.arrive()
    form = ana.new_session().fill(slot=SLOT)
    form.clients.fill(names[1])
    _compose(ana.page)
    expect(form.clients).to_have_value(names[1])
    form.title.fill("心理")
    _compose(ana.page)
    ana.page.wait_for_timeout(500)
    form.is_open()
    practice.no_session("心理")
    form.title.press("Enter")
    ana.is_told("Session booked.")
