"""A10: consultants edit their own sessions, admins all; other people do not learn whether a session exists."""

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ANA

SLOT = Slot.of(3, "11:40")
NOWHERE = "00000000-0000-4000-8000-000000000001"


def test_a_colleagues_session_and_one_that_does_not_exist_look_the_same(boris: Person, practice: Practice) -> None:
    session = practice.book(ANA, "Private matters", SLOT)
    boris.arrive()
    said = []
    for session_id in (session["id"], NOWHERE):
        boris.go(f"/?session={session_id}")
        refusal = boris.page.get_by_role("dialog").get_by_role("alert")
        expect(refusal).to_contain_text("There is no such session, or you may not see it.")
        said.append(refusal.inner_text())
    assert said[0] == said[1]
    expect(boris.page.get_by_text("Private matters")).to_be_hidden()


def test_a_colleagues_session_is_not_in_the_calendar(boris: Person, practice: Practice) -> None:
    practice.book(ANA, "Private matters", SLOT)
    boris.arrive().calendar.show_own_week()
    expect(boris.calendar.event("Private matters")).to_be_hidden()


def test_an_admin_edits_all(admin: Person, practice: Practice) -> None:
    practice.book(ANA, "For the admin", SLOT)
    admin.arrive().calendar.show_own_week().opens("For the admin", SLOT)
    admin.form.fill(title="By the admin").save()
    admin.is_told("Session saved.")
    practice.the_meeting("By the admin", ANA, SLOT)
