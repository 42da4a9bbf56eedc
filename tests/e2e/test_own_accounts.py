"""A5: each consultant connects an account of their own, and it is tied to that consultant only."""

from playwright.sync_api import expect

from tests.e2e.conftest import Somebody
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ANA, BORIS, CVETA


def test_two_consultants_connect_their_own_accounts(practice: Practice, somebody: Somebody) -> None:
    for email in (BORIS, CVETA):
        person = somebody(email).arrive()
        person.go("/connect-provider/zoom")
        person.page.get_by_role("button", name="Connect Zoom").click()
        person.consent.approve(email)
        person.is_told(f"Zoom connected as {email}")
    accounts = {one: practice.connection(one)["account"] for one in (ANA, BORIS, CVETA)}
    assert accounts == {ANA: ANA, BORIS: BORIS, CVETA: CVETA}
    for email in (ANA, BORIS, CVETA):
        practice.book(email, f"For {email}", Slot.of(3, "08:00"))
        practice.the_meeting(f"For {email}", email)


def test_a_consultant_sees_no_connection_but_their_own(practice: Practice, somebody: Somebody) -> None:
    practice.connect(CVETA)
    seen = practice.get("/api/consultants", by=BORIS)
    assert [one["email"] for one in seen] == [BORIS]
    boris = somebody(BORIS).arrive("/connections")
    expect(boris.page.get_by_role("main")).not_to_contain_text(CVETA)


def test_an_admin_who_holds_no_sessions_has_nothing_to_connect(admin) -> None:
    admin.arrive()
    admin.go("/connect-provider/zoom")
    expect(admin.page.get_by_role("heading", name="Nothing to connect")).to_be_visible()
