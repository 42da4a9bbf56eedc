"""A2: the fields of the session form, and its messages when something is missing."""

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ANA


def test_everything_that_was_filled_in_is_in_the_session(ana: Person, practice: Practice) -> None:
    slot = Slot.of(0, "11:20", 85)
    ana.arrive()
    form = ana.new_session()
    expect(form.dialog).to_contain_text("Consultant: Ana Novak")
    expect(form.consultant).to_be_hidden()  # a consultant books for themselves only
    form.fill(clients=["Eva Bizjak"]).pill("Eva Bizjak").click()
    expect(form.pill("Eva Bizjak")).to_be_hidden()
    form.fill(clients=["Lea Kos", "Jan Golob"], slot=slot, title="All fields", notes="Šesta soba.\nČaj.", online=True)
    form.save()
    ana.is_told("Session booked. The Zoom link is ready.")
    session = practice.session("All fields")
    assert [one["name"] for one in session["clients"]] == ["Lea Kos", "Jan Golob"]
    assert session["notes"] == "Šesta soba.\nČaj."
    assert session["consultant"] == "Ana Novak"
    ana.open_session(session["id"])
    form.shows(clients=["Lea Kos", "Jan Golob"], slot=slot, title="All fields", notes="Šesta soba.\nČaj.", online=True)
    meeting = practice.the_meeting("All fields", ANA, slot)
    assert "Čaj" not in str(meeting), "notes are for the practice only"
    assert "Lea" not in str(meeting), "clients are nobody's business at Zoom"


def test_what_is_too_long_is_kept_and_said_and_not_saved(ana: Person, practice: Practice) -> None:
    ana.arrive()
    form = ana.new_session().fill(clients=["Lea Kos"], slot=Slot.of(0, "13:00"))
    for field, most in ((form.notes, 10_000), (form.title, 300)):
        field.fill("x" * (most + 12))
        expect(field).to_have_value("x" * (most + 12))
        words = f"This text has {most + 12} characters; at most {most} are allowed. Shorten it by 12 to save."
        expect(form.dialog).to_contain_text(words)
        form.save()
        expect(field).to_be_focused()
        expect(field).to_have_value("x" * (most + 12))
        practice.no_session("x" * most)
        field.press("End")
        for _ in range(12):
            field.press("Backspace")
        expect(form.dialog).not_to_contain_text(words)
    form.save()
    ana.is_told("Session booked.")
    assert len(practice.session("x" * 300)["notes"]) == 10_000


def test_an_end_is_typed_as_midnight_or_as_a_length(ana: Person, practice: Practice) -> None:
    ana.arrive()
    slot = Slot.of(0, "22:00", 50)
    form = ana.new_session().fill(clients=["Lea Kos"], slot=slot, title="Until midnight")
    form.start.fill("24:00")
    form.start.press("Tab")
    expect(form.dialog).to_contain_text("24:00 is the end of a day. To start at midnight, enter 00:00")
    form.start.fill("22:00")
    form.end.fill("1,5 h")
    form.end.press("Tab")
    expect(form.end).to_have_value("23:30")
    form.end.fill("24:00")
    form.end.press("Tab")
    expect(form.end).to_have_value("00:00")
    form.save()
    ana.is_told("Session booked.")
    assert practice.session("Until midnight")["ends_at"] == f"{slot.later(days=0).day}T23:00:00Z"
