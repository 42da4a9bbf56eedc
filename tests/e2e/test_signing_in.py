"""A1: signing in opens the calendar; sessions are begun from a free slot, or opened."""

from playwright.sync_api import expect

from tests.e2e.calendar_view import box_of
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.running import ANA


def test_signing_in_opens_the_calendar(ana: Person) -> None:
    ana.go("/")
    ana.sign_in()
    expect(ana.page.get_by_role("button", name="AN: account of Ana Novak")).to_be_visible()
    expect(ana.page.get_by_role("button", name="New session")).to_be_visible()


def test_a_wrong_password_is_explained(ana: Person) -> None:
    ana.go("/")
    ana.page.get_by_label("E-mail address").fill(ANA)
    ana.page.get_by_label("Password", exact=True).fill("not the password")
    ana.page.get_by_role("button", name="Sign in").click()
    ana.sees_trouble("The e-mail address or the password is not right.")


def test_after_signing_in_a_person_is_where_they_wanted_to_be(ana: Person) -> None:
    ana.go("/?draft=00000000-0000-4000-8000-000000000001")
    ana.sign_in()
    ana.form.is_open()


def test_signing_out_ends_it(ana: Person) -> None:
    ana.arrive()
    ana.sign_out()
    ana.page.reload()
    expect(ana.page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_free_slot_that_is_clicked_begins_a_session_then(ana: Person, practice: Practice) -> None:
    practice.book(ANA, "Ruler", Slot.of(1, "09:00", 60), online=False)
    calendar = ana.arrive().calendar.show_own_week()
    ruler = calendar.shows("Ruler", Slot.of(1, "09:00", 60))
    box, day = box_of(ruler), calendar.day_width()
    ana.page.mouse.click(box["x"] + box["width"] / 2 + day, box["y"] + 5)  # the same hour a day later
    ana.form.shows(slot=Slot.of(2, "09:00"))


def test_a_session_that_is_clicked_opens(ana: Person, practice: Practice) -> None:
    slot = Slot.of(1, "09:30")
    practice.book(ANA, "Look at me", slot, clients=("Lea Kos", "Jan Golob"))
    ana.arrive().calendar.show_own_week().shows("Look at me", slot).click()
    ana.form.shows(clients=["Lea Kos", "Jan Golob"], slot=slot, title="Look at me", online=True)
