"""Dates and times are read as they are shown, and what cannot be read is never replaced in silence."""

import re
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Somebody
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot, today
from tests.real_processes import ANA

DAY = Slot.of(2, "10:00").day
ISO = f"{DAY:%Y-%m-%d}"
# One form that each language reads in its own way; how all of them are read: words/read-date.test.ts.
FORMS = {
    "en-GB": f"{DAY.day}/{DAY.month}/{DAY.year}",
    "en-US": f"{DAY.month}/{DAY.day}/{DAY.year}",
    "sl-SI": f"{DAY.day}.{DAY.month}.",
}
NAMES = {"sl-SI": {"Date": "Datum", "Start": "Začetek", "Save": "Shrani"}}


@pytest.mark.parametrize("locale", FORMS)
def test_a_date_as_the_language_writes_it_is_booked_as_that_day(
    locale: str, somebody: Somebody, practice: Practice
) -> None:
    session = practice.book(ANA, f"Typed in {locale}", Slot.of(3, "10:00"))
    named = NAMES.get(locale, {})
    ana = somebody(ANA, locale=locale)
    ana.sign_in_unseen()
    ana.go(f"/?session={session['id']}")
    dialog = ana.page.get_by_role("dialog").first
    dialog.get_by_role("textbox", name=named.get("Date", "Date")).fill(FORMS[locale])
    dialog.get_by_role("combobox", name=named.get("Start", "Start")).fill("10.20")
    with ana.page.expect_response(lambda one: one.request.method == "PATCH") as saving:
        dialog.get_by_role("button", name=named.get("Save", "Save"), exact=True).click()
    assert saving.value.ok
    moved = practice.session(f"Typed in {locale}")["starts_at"]
    assert datetime.fromisoformat(moved) == Slot(DAY, Slot.of(0, "10:20").start).starts_at


def test_what_cannot_be_read_stays_and_is_not_saved(ana: Person, practice: Practice) -> None:
    session = practice.book(ANA, "Kept as it was", Slot.of(2, "10:00"))
    ana.arrive()
    form = ana.open_session(session["id"])
    for field, text, words in (
        (form.date, "31.4.2027", "This day does not exist."),
        (form.date, "12/25/2027", "The day comes before the month here. Enter 25/12/2027, if you mean that day."),
        (form.date, "", "Enter a date, for example"),
        (form.date, "soon", "Calendra does not recognize this date."),
        (form.start, "25:99", "Calendra does not recognize this time. Enter it as 14:30."),
        (form.end, "", "Enter a time, for example 14:30."),
    ):
        before = field.input_value()
        field.fill(text)
        form.save()
        expect(form.dialog).to_contain_text(words)
        expect(field).to_be_focused()
        expect(field).to_have_value(text)
        field.fill(before)
        expect(form.dialog).not_to_contain_text(words)
    assert practice.session("Kept as it was")["version"] == session["version"]
    form.date.fill("13.1.2027" if today() < date(2027, 1, 13) else "13.1.2099")
    form.date.press("Enter")
    expect(form.date).to_have_value(re.compile(r"^13 Jan 20"))


def test_what_may_not_be_meant_is_said_before_saving(ana: Person, practice: Practice) -> None:
    ana.arrive()
    form = ana.new_session().fill(clients=["Lea Kos"], title="Warned of", slot=Slot.of(2, "12:00"))
    warnings = form.dialog.get_by_test_id("when-warnings")
    yesterday = today() - timedelta(days=1)
    form.date.fill(f"{yesterday:%d.%m.%Y}")
    form.date.press("Tab")
    expect(warnings).to_contain_text("The session starts in the past:")
    form.date.fill(ISO)
    form.end.fill("17:00")
    form.end.press("Tab")
    expect(warnings).to_have_text("The session lasts 5 h.")
    expect(form.dialog).to_contain_text(f"{DAY:%a}")
    form.end.fill("11:30")
    form.save()
    expect(form.dialog).to_contain_text("The session must end after it starts.")
    expect(form.end).to_be_focused()
    practice.no_session("Warned of")
    form.dialog.get_by_role("button", name=re.compile(r"Ends the next day, .*\(23 h 30 min\)")).click()
    form.end.fill("12:50")
    form.save()
    ana.is_told("Session booked.")
    assert practice.session("Warned of")["ends_at"].startswith(f"{ISO}T11:50")


def test_the_list_of_ends_opens_at_the_end_and_names_lengths(ana: Person) -> None:
    ana.arrive()
    form = ana.new_session().fill(slot=Slot.of(2, "10:00", 120))
    form.end.click()
    chosen = ana.page.get_by_role("option", name="12:00 · 2 h", exact=True)
    expect(chosen).to_be_in_viewport()
    expect(ana.page.get_by_role("option", name="10:50 · 50 min", exact=True)).to_be_attached()
    form.end.press("Escape")
    form.start.click()
    expect(ana.page.get_by_role("option", name="10:00", exact=True)).to_be_in_viewport()
