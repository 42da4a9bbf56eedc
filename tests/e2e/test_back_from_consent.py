"""A4, A13: however the consent ends, the session form has what was typed, and the page says what to do next."""

from playwright.sync_api import expect

from adapters.in_memory.provider.fault import Fault
from tests.e2e.conftest import Somebody
from tests.e2e.forms import FILLED, SLOT, TITLE, ask_for_consent, is_booked, save_what_waited, saving_held_back
from tests.e2e.person import Person
from tests.e2e.practice import Practice, state_in
from tests.real_processes import ANA, BORIS, CVETA


def is_still_not_connected(person: Person, because: str) -> None:
    expect(person.page.get_by_role("heading", name="Zoom is still not connected")).to_be_visible()
    person.sees_trouble(because)
    expect(person.page.get_by_text("Your draft is saved.", exact=True)).to_be_visible()


def go_back_to_the_form(person: Person) -> None:
    person.page.get_by_role("link", name="Back to the session form").click()
    person.form.shows(**FILLED)


def connect_again(person: Person) -> None:
    person.page.get_by_role("button", name="Connect Zoom").click()


def test_a_declined_consent(boris: Person, practice: Practice) -> None:
    ask_for_consent(boris.arrive())
    boris.consent.decline(BORIS)
    is_still_not_connected(boris, "You did not allow Calendra to use your Zoom account")
    practice.no_session(TITLE)
    go_back_to_the_form(boris)
    boris.form.save()
    boris.consent.approve(BORIS)
    is_booked(boris)
    practice.the_meeting(TITLE, BORIS, SLOT)


def test_a_return_without_a_code_and_one_while_zoom_fails(boris: Person, practice: Practice) -> None:
    ask_for_consent(boris.arrive())
    boris.go(f"/oauth/zoom/callback?state={state_in(boris.consent.address())}")
    is_still_not_connected(boris, "Zoom could not finish connecting: it sent no authorization.")
    assert practice.status(BORIS) == "not_connected"
    connect_again(boris)
    boris.consent.is_shown()
    practice.zoom.strike("exchange", Fault.DOWN, times=None)
    boris.consent.approve(BORIS)
    is_still_not_connected(boris, "Zoom could not finish connecting: it is not responding.")
    practice.zoom.heal()
    connect_again(boris)
    expect(boris.form.connected).to_be_visible()
    save_what_waited(boris)


def test_a_return_that_was_used_before_and_whose_code_stays_nowhere(boris: Person, practice: Practice) -> None:
    ask_for_consent(boris.arrive())
    back = practice.approved(boris.consent.address(), BORIS)
    boris.go(back)
    is_booked(boris)
    assert "code=" not in boris.page.url
    boris.page.go_back()
    boris.page.wait_for_url(lambda address: "callback" not in address or "code=" not in address)
    assert "code=" not in boris.page.url
    boris.go(back)
    boris.sees_trouble("This response from Zoom was already used.")
    assert practice.status(BORIS) == "connected"
    expect(boris.page.get_by_role("link", name="Open the calendar")).to_be_visible()
    expect(boris.page.get_by_text("Your draft is saved.", exact=True)).to_be_hidden()
    practice.the_meeting(TITLE, BORIS, SLOT)


def test_the_form_is_in_another_tab_too(boris: Person, practice: Practice) -> None:
    ask_for_consent(boris.arrive())
    consent = boris.page
    boris.look_at(boris.new_tab())
    boris.go("/")
    boris.calendar.opens_draft(TITLE)
    boris.form.shows(**FILLED)
    other = boris.page
    boris.look_at(consent)
    boris.consent.approve(BORIS)
    is_booked(boris)
    boris.look_at(other)
    boris.form.save()
    is_booked(boris)
    practice.the_meeting(TITLE, BORIS, SLOT)


def test_both_tabs_save_and_it_is_booked_once(boris: Person, practice: Practice) -> None:
    ask_for_consent(boris.arrive())
    with saving_held_back(boris) as held:
        boris.consent.approve(BORIS)
        boris.form.shows(**FILLED)
        first = boris.page
        boris.look_at(boris.new_tab())
        boris.go(first.url)
        boris.form.shows(**FILLED)
        boris.form.save()
        expect(boris.form.save_button).to_be_disabled()
        for saving in held:
            saving.continue_()
        for page in (boris.page, first):  # one of them is answered while the meeting is still being made
            boris.look_at(page)
            boris.is_told("Session booked.")
            boris.form.is_closed()
    practice.the_meeting(TITLE, BORIS, SLOT)


def test_a_sign_in_that_ended_on_the_way(boris: Person, practice: Practice) -> None:
    ask_for_consent(boris.arrive())
    consent = boris.page
    boris.look_at(boris.new_tab())
    boris.go("/")
    boris.sign_out()
    boris.look_at(consent)
    boris.consent.approve(BORIS)
    expect(boris.page.get_by_role("heading", name="Almost there")).to_be_visible()
    assert practice.status(BORIS) == "not_connected"
    boris.sign_in()
    expect(boris.page.get_by_text("You will return to the session form that you left")).to_be_visible()
    connect_again(boris)  # Zoom knows by now that Boris agrees, and sends him straight back
    expect(boris.form.connected).to_be_visible()
    save_what_waited(boris)
    practice.the_meeting(TITLE, BORIS, SLOT)


def test_waiting_for_an_administrator_at_zoom_and_coming_back_another_day(
    boris: Person, practice: Practice, somebody: Somebody
) -> None:
    ask_for_consent(boris.arrive())
    boris.consent.ask_administrator(BORIS)
    boris.context.close()  # the browser is closed, and nothing comes back from Zoom
    later = somebody(BORIS).arrive()
    later.calendar.opens_draft(TITLE)
    later.form.shows(**FILLED)
    expect(later.form.unfinished).to_contain_text("Showing your unsaved changes from")
    later.form.save()
    later.consent.approve(BORIS)
    is_booked(later)
    practice.the_meeting(TITLE, BORIS, SLOT)


def test_a_permission_that_was_not_granted_is_named(boris: Person, practice: Practice) -> None:
    granted = ["user:read:user", "meeting:write:meeting", "meeting:read:meeting", "meeting:update:meeting"]
    ask_for_consent(boris.arrive())
    boris.go(practice.approved(boris.consent.address(), BORIS, scopes=granted))
    is_still_not_connected(boris, "Missing: meeting:delete:meeting, meeting:read:list_meetings.")
    boris.sees_trouble("Ask the administrator of your Zoom account to allow these permissions")
    assert practice.status(BORIS) == "not_connected"
    go_back_to_the_form(boris)


def test_the_account_of_a_colleague_is_not_bound(boris: Person, practice: Practice) -> None:
    ask_for_consent(boris.arrive())
    boris.consent.approve(ANA)
    is_still_not_connected(boris, f"The Zoom account {ANA} is already connected to another person in Calendra.")
    assert practice.status(BORIS) == "not_connected"
    assert practice.connection(ANA)["account"] == ANA
    go_back_to_the_form(boris)


def test_another_account_than_before_is_refused(boris: Person, practice: Practice) -> None:
    practice.connect(BORIS)
    practice.zoom.expire_access(BORIS, refresh_too=True)
    session = practice.book(BORIS, TITLE, SLOT)
    boris.arrive()
    boris.open_session(session["id"])
    boris.form.meeting.get_by_role("button", name="Reconnect Zoom").click()
    boris.consent.approve(CVETA)
    boris.sees_trouble(f"You chose the Zoom account {CVETA}, but your meetings are in {BORIS}.")
    practice.nothing_at_zoom(TITLE)
