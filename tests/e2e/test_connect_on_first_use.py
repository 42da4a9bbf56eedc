"""A3: saving an online session sends its consultant to Zoom's consent page at once, and the return saves it."""

from playwright.sync_api import expect

from tests.e2e.forms import FILLED, SLOT, TITLE, ask_for_consent, books, is_booked, saving_held_back
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.real_processes import BORIS


def test_saving_sends_a_consultant_to_zoom_and_the_return_saves_the_form_as_it_was_left(
    boris: Person, practice: Practice
) -> None:
    boris.arrive().new_session().fill(**FILLED)
    expect(boris.form.zoom).to_contain_text("then back here, where the session is saved.")
    expect(boris.form.save_button).to_have_text("Connect Zoom and save")
    boris.form.save()
    boris.consent.is_shown()
    practice.no_session(TITLE)
    with saving_held_back(boris) as held:
        boris.consent.approve(BORIS)
        boris.form.shows(**FILLED)
        expect(boris.form.connected).to_contain_text(f"Zoom connected as {BORIS}")
        expect(boris.form.connected).to_contain_text("Saving your session, as you left it.")
        expect(boris.form.save_button).to_be_disabled()
        assert practice.status(BORIS) == "connected"
        practice.nothing_at_zoom(TITLE)
        [saving] = held
        saving.continue_()
        is_booked(boris)
    practice.the_meeting(TITLE, BORIS, SLOT)
    assert practice.get("/api/drafts", by=BORIS) == []


def test_an_edit_that_goes_online_asks_for_consent_too_and_the_return_saves_the_edit(
    boris: Person, practice: Practice
) -> None:
    session = practice.book(BORIS, "Goes online", SLOT, online=False)
    boris.arrive()
    boris.open_session(session["id"]).fill(title="Went online", online=True)
    boris.form.save()
    boris.consent.approve(BORIS)
    boris.is_told("Session saved. The Zoom link is ready.")
    boris.form.is_closed()
    practice.the_meeting("Went online", BORIS, SLOT)
    practice.no_session("Goes online")


def test_a_refused_save_leaves_the_form_open_with_the_reason_and_is_not_repeated(
    boris: Person, practice: Practice
) -> None:
    ask_for_consent(boris.arrive())
    practice.book(BORIS, "Booked meanwhile", SLOT, online=False)
    boris.consent.approve(BORIS)
    expect(boris.form.slot_taken).to_be_visible()
    expect(boris.form.connected).to_contain_text("Your form is as you left it. Save it to create the meeting link.")
    boris.form.shows(**FILLED)
    saves: list[str] = []
    boris.page.on("request", lambda one: saves.append(one.url) if books(one) else None)
    boris.page.reload()
    boris.form.shows(**FILLED)
    expect(boris.form.unfinished).to_be_visible()
    expect(boris.form.save_button).to_be_enabled()
    assert saves == []
    practice.no_session(TITLE)
    boris.form.set_slot(SLOT.later(days=1))
    boris.form.save()
    is_booked(boris)
    practice.the_meeting(TITLE, BORIS, SLOT.later(days=1))


def test_a_crash_at_zoom_loses_neither_the_form_nor_the_wish_to_save_it(boris: Person, practice: Practice) -> None:
    ask_for_consent(boris.arrive())
    consent = boris.consent.address()
    boris.page.close()
    boris.look_at(boris.new_tab())
    boris.go(practice.approved(consent, BORIS))
    is_booked(boris)
    practice.the_meeting(TITLE, BORIS, SLOT)


def test_connecting_by_another_button_saves_nothing(boris: Person, practice: Practice) -> None:
    ask_for_consent(boris.arrive())  # and the consent is left as it is
    boris.go("/connect-provider/zoom")
    expect(boris.page.get_by_text("You will return to the session form that you left")).to_be_visible()
    boris.page.get_by_role("button", name="Connect Zoom").click()
    boris.consent.approve(BORIS)
    expect(boris.form.connected).to_contain_text("Your form is as you left it. Save it to create the meeting link.")
    boris.form.shows(**FILLED)
    expect(boris.form.save_button).to_be_enabled()
    practice.no_session(TITLE)


def test_a_connection_that_ends_at_once_does_not_send_the_person_round_in_a_circle(
    boris: Person, practice: Practice
) -> None:
    ask_for_consent(boris.arrive())
    with saving_held_back(boris) as held:
        boris.consent.approve(BORIS)
        boris.form.shows(**FILLED)
        expect(boris.form.save_button).to_be_disabled()
        practice.disconnect(BORIS)
        [saving] = held
        saving.continue_()
        boris.sees_trouble("Boris Kranjc has not connected Zoom yet")
    boris.form.shows(**FILLED)
    assert len(practice.get("/api/drafts", by=BORIS)) == 1
