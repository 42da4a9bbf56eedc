"""One person consents in two browsers at once: both show who is connected, and the next save makes its meeting."""

from playwright.sync_api import expect

from tests.e2e.conftest import Somebody
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import BORIS
from tests.walk import wait_until

TITLE = "After two consents"
SLOT = Slot.of(2, "16:00")


def _agreed(person: Person, practice: Practice) -> str:
    person.arrive("/connections")
    person.page.get_by_role("button", name="Connect Zoom").click()
    person.consent.is_shown()
    return practice.approved(person.consent.address(), BORIS)


def test_the_older_answer_arrives_last(somebody: Somebody, practice: Practice) -> None:
    one, other = somebody(BORIS), somebody(BORIS)
    older, newer = _agreed(one, practice), _agreed(other, practice)
    before = practice.zoom.counts(BORIS)["exchanged"]
    practice.zoom.fault("current_user", "late", account=BORIS, delay_ms=3000)
    one.page.goto(older, wait_until="commit")
    wait_until(lambda: practice.zoom.counts(BORIS)["exchanged"] > before, "the older consent was taken")
    other.go(newer)
    other.is_told(f"Zoom connected as {BORIS}")
    one.is_told(f"Zoom connected as {BORIS}")
    expect(one.page.get_by_text("Connected", exact=True)).to_be_visible()
    assert practice.book(BORIS, TITLE, SLOT)["meeting"]["status"] == "ready"
    practice.the_meeting(TITLE, BORIS, SLOT)
