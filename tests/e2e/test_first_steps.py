"""From nothing to the first link: a server without any practice, its first admin, colleagues who are invited."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from demo.practice import PASSWORD
from domain.accounts.account import Role
from domain.accounts.founding import Proposal
from domain.language import Language
from tests.e2e.axe import has_no_violations_in_light_and_dark
from tests.e2e.conftest import Somebody
from tests.e2e.person import Person
from tests.e2e.test_by_keyboard import press, tab_to
from tests.joining import founded, founding_link
from tests.real_processes import ANA, BORIS, CVETA, Service

CHOSEN = "a sentence that Olga chose"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def test_a_solo_practitioner_gets_from_the_printed_address_to_a_session_with_a_link(
    beginning: tuple[Service, str], newcomer: Somebody
) -> None:
    """Without reading anything: the one button that stands out each time."""
    olga = newcomer("olga@example.com")
    page = olga.page
    olga.go(beginning[1])
    page.get_by_label("Name of the practice").fill(" Oak Practice ")
    page.get_by_label("Your name").fill("Olga Hrast")
    page.get_by_label("E-mail address").fill(olga.email)
    page.get_by_label("Choose a password").fill("short")
    page.get_by_role("button", name="Open the calendar").click()
    olga.sees_trouble("A password has 12 to 1000 characters.")
    expect(page.get_by_label("Choose a password")).to_be_focused()
    page.get_by_label("Choose a password").fill(CHOSEN)
    page.get_by_role("button", name="Open the calendar").click()
    steps = page.get_by_role("region", name="First steps")
    expect(steps.get_by_text("2 of 5 done")).to_be_visible()
    steps.get_by_role("button", name="Connect Zoom").click()
    olga.consent.approve(ANA)
    olga.is_told(f"Zoom connected as {ANA}")
    steps.get_by_role("button", name="Book a session").click()
    olga.form.is_open()
    _add_client(page, "Eva Bizjak")
    olga.form.set_online(True)
    olga.form.save()
    olga.is_told("Session booked. The Zoom link is ready.")
    expect(steps).to_be_hidden()
    page.reload()
    expect(page.get_by_role("button", name="OH: account menu of Olga Hrast")).to_be_visible()
    expect(steps).to_be_hidden()
    olga.go(beginning[1])
    page.reload()
    olga.sees_trouble("This link to set up a practice has expired or was already used.")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_the_same_by_keyboard_from_the_link_of_create_admin(new_server: Service, newcomer: Somebody) -> None:
    proposal = Proposal("Ash Practice", "Europe/Vienna", Language.ENGLISH, "Petra Jesen", _address(), consultant=False)
    petra = newcomer(proposal.email)
    page = petra.page
    petra.go(founding_link(new_server, proposal))
    expect(page.get_by_label("Name of the practice")).to_have_value("Ash Practice")
    tab_to(page, "textbox", "Choose a password")
    page.keyboard.type(CHOSEN)
    press(page, "Enter")
    steps = page.get_by_role("region", name="First steps")
    expect(steps).to_be_visible()
    tab_to(page, "button", "I hold sessions myself")
    press(page, "Enter")
    petra.is_told("You are now a consultant.")
    tab_to(page, "button", "Connect Zoom")
    press(page, "Enter")
    petra.consent.is_shown()
    tab_to(page, "radio", re.compile("."))
    for _ in range(6):
        if page.get_by_role("radio", name=BORIS).is_checked():
            break
        press(page, "ArrowDown")
    tab_to(page, "button", "Approve")
    press(page, "Enter")
    petra.is_told(f"Zoom connected as {BORIS}")
    tab_to(page, "button", "Book a session")
    press(page, "Enter")
    petra.form.is_open()
    expect(petra.form.clients).to_be_focused()
    page.keyboard.type("Jan Golob")
    expect(page.get_by_role("option", name=re.compile("Jan Golob"))).to_be_visible()
    press(page, "ArrowDown", "Enter")
    tab_to(page, "textbox", re.compile("e-mail address"))
    page.keyboard.type("jan@example.org")
    tab_to(page, "button", "Add client")
    press(page, "Enter")
    expect(petra.form.pill("Jan Golob")).to_be_visible()
    tab_to(page, "switch", "Online")
    press(page, "Space")
    tab_to(page, "button", "Save")
    press(page, "Enter")
    petra.is_told("Session booked. The Zoom link is ready.")


def test_a_screen_reader_finds_its_way_and_the_checklist_blocks_nothing(
    new_server: Service, newcomer: Somebody
) -> None:
    olga = _signed_in(newcomer, new_server, "Reader's Practice")
    steps = olga.page.get_by_role("region", name="First steps")
    expect(steps).to_match_aria_snapshot("""
      - region "First steps":
        - heading "First steps" [level=2]
        - paragraph: 0 of 5 done
        - button "Hide steps" [expanded]
        - button "Dismiss first steps"
        - list:
          - listitem:
            - paragraph: Your practice
            - paragraph: Check its name, time zone and language.
            - button "Set up the practice"
          - listitem:
            - paragraph: Who holds sessions
            - paragraph: You, a colleague you invite, or both.
            - button "I hold sessions myself"
          - listitem:
            - paragraph: Invite a colleague (optional)
            - button "Invite a colleague"
          - listitem:
            - paragraph: Connect a meeting account
            - button "Open connections" [disabled]
          - listitem:
            - paragraph: Book the first session
            - button "Book a session" [disabled]
    """)
    steps.get_by_role("button", name="Set up the practice").click()
    dialog = olga.page.get_by_role("dialog", name="Practice settings")
    dialog.get_by_label("Name of the practice").fill("")
    dialog.get_by_role("button", name="Save practice").click()
    expect(dialog.get_by_role("alert")).to_contain_text("This must not be empty.")
    dialog.get_by_label("Name of the practice").fill("Birch Practice")
    dialog.get_by_role("button", name="Save practice").click()
    olga.is_told("Practice saved.")
    expect(dialog).to_be_hidden()
    expect(steps.get_by_text("1 of 5 done")).to_be_visible()
    expect(steps.get_by_role("listitem").first).to_contain_text("Your practice: done")
    _checklist_is_dismissed_and_blocks_nothing(olga)
    _where_nobody_holds_sessions_each_page_says_what_to_do(olga)


def _checklist_is_dismissed_and_blocks_nothing(olga: Person) -> None:
    steps = olga.page.get_by_role("region", name="First steps")
    steps.get_by_role("button", name="Hide steps").click()
    expect(steps.get_by_role("button", name="I hold sessions myself")).to_be_visible()
    expect(steps.get_by_role("listitem")).to_have_count(0)
    steps.get_by_role("button", name="Dismiss first steps").click()
    expect(steps).to_be_hidden()
    olga.page.reload()
    expect(olga.page.get_by_role("button", name="New session")).to_be_visible()
    expect(steps).to_be_hidden()
    olga.go("/practice")
    olga.page.get_by_role("button", name="Show first steps").click()
    expect(steps).to_be_visible()
    olga.page.reload()
    expect(steps).to_be_visible()


def _where_nobody_holds_sessions_each_page_says_what_to_do(olga: Person) -> None:
    page = olga.page
    olga.go("/connections")
    expect(page.get_by_role("heading", name="No consultants yet")).to_be_visible()
    expect(page.get_by_text("the receipt is kept here")).to_be_visible()
    olga.go("/sessions")
    page.get_by_role("main").get_by_role("button", name="Book").click()
    form = page.get_by_role("dialog", name="New session")
    expect(form.get_by_role("heading", name="No consultants yet")).to_be_visible()
    form.get_by_role("button", name="I hold sessions myself").click()
    olga.is_told("You are now a consultant.")
    expect(form.get_by_role("textbox", name="Title")).to_be_visible()


def test_an_invited_colleague_sees_who_invites_and_chooses_a_name_and_a_password(
    new_server: Service, newcomer: Somebody
) -> None:
    olga = _signed_in(newcomer, new_server, "Elm Practice")
    page = olga.page
    page.get_by_role("region", name="First steps").get_by_role("button", name="Invite a colleague").click()
    dialog = page.get_by_role("dialog", name="Invite a colleague")
    dialog.get_by_label("Name", exact=True).fill("Oto Brest")
    address = dialog.get_by_role("textbox", name="E-mail address")
    address.fill("oto")
    dialog.get_by_role("button", name="Create link").click()
    expect(dialog.get_by_role("alert")).to_contain_text("is not an e-mail address")
    expect(address).to_be_focused()
    oto = newcomer(_address())
    address.fill(oto.email)
    dialog.get_by_role("button", name="Create link").click()
    olga.is_told("Link for Oto Brest created.")
    link = dialog.get_by_role("textbox", name="Link for Oto Brest").input_value()
    oto.go(link)
    expect(oto.page.get_by_role("main")).to_match_aria_snapshot("""
      - heading "Join Elm Practice" [level=1]
      - paragraph: Olga invites you to Elm Practice.
      - paragraph: You will hold sessions as a consultant.
      - textbox "Your name": Oto Brest
      - textbox "E-mail address"
      - textbox "Choose a password"
      - button "Accept and sign in"
    """)
    asked = oto.page.get_by_label("Your name")
    asked.fill("Oto B. Brest")
    oto.page.get_by_label("Choose a password").fill(CHOSEN)
    oto.page.get_by_role("button", name="Accept and sign in").click()
    oto.is_told("Welcome to Elm Practice, Oto B. Brest.")
    expect(oto.page.get_by_role("button", name="OB: account menu of Oto B. Brest")).to_be_visible()
    assert "#" not in oto.page.url, "the token does not stay in the address"
    again = newcomer(oto.email)
    again.go(link)
    again.sees_trouble("This invitation has expired, was revoked, or was already used.")
    olga.go("/practice")
    invited = page.get_by_role("region", name="Invitations").get_by_role("listitem")
    expect(invited).to_contain_text("Accepted")
    expect(page.get_by_role("listitem").filter(has_text="Oto B. Brest").first).to_contain_text("Consultant")


def test_an_invitation_is_renewed_and_revoked(new_server: Service, newcomer: Somebody) -> None:
    olga = _signed_in(newcomer, new_server, "Fir Practice")
    olga.go("/practice")
    page = olga.page
    page.get_by_role("button", name="Invite a colleague").last.click()
    dialog = page.get_by_role("dialog", name="Invite a colleague")
    dialog.get_by_label("Name", exact=True).fill("Pia")
    dialog.get_by_label("E-mail address").fill(_address())
    dialog.get_by_role("button", name="Create link").click()
    first = dialog.get_by_role("textbox", name="Link for Pia").input_value()
    dialog.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="New link for Pia").click()
    renewed = page.get_by_role("dialog", name="New link")
    second = renewed.get_by_role("textbox", name="Link for Pia").input_value()
    renewed.get_by_role("button", name="Done").click()
    pia = newcomer("pia@example.com")
    pia.go(first)
    pia.sees_trouble("This invitation has expired, was revoked, or was already used.")
    pia.go(second)
    pia.page.reload()
    expect(pia.page.get_by_role("heading", name="Join Fir Practice")).to_be_visible()
    page.get_by_role("button", name="Revoke the invitation for Pia").click()
    olga.is_told("Invitation for Pia revoked.")
    expect(page.get_by_role("region", name="Invitations").get_by_role("listitem")).to_contain_text("Revoked")
    expect(page.get_by_role("button", name="New link for Pia")).to_have_count(0)


def test_an_admin_stops_holding_sessions_once_nothing_stands_in_the_way(
    new_server: Service, newcomer: Somebody
) -> None:
    olga = _signed_in(newcomer, new_server, "Box Practice", Role.CONSULTANT)
    page = olga.page
    page.get_by_role("button", name="New session").click()
    olga.form.is_open()
    _add_client(page, "Lea Kos")
    olga.form.save()
    olga.is_told("Session booked.")
    olga.go("/practice")
    page.get_by_role("button", name="Actions for Olga").click()
    page.get_by_role("menuitem", name="Change roles").click()
    dialog = page.get_by_role("dialog", name="Roles of Olga")
    expect(dialog.get_by_role("checkbox", name="Consultant")).to_be_disabled()
    expect(dialog.get_by_text("1 upcoming session would have no consultant.")).to_be_visible()
    dialog.get_by_role("link", name="Booked sessions").click()
    page.get_by_role("button", name=re.compile("^More")).first.click()
    page.get_by_role("menuitem", name="Cancel session").click()
    page.get_by_role("button", name="Cancel session").click()
    olga.is_told("Session cancelled.")
    olga.go("/practice")
    page.get_by_role("button", name="Actions for Olga").click()
    page.get_by_role("menuitem", name="Change roles").click()
    dialog.get_by_role("checkbox", name="Consultant").uncheck()
    dialog.get_by_role("button", name="Save roles").click()
    olga.is_told("Roles of Olga saved.")
    expect(page.get_by_text("changed the roles of Olga: Admin.")).to_be_visible()


@pytest.mark.parametrize("how", [{}, PHONE], ids=["desk", "phone"])
def test_the_new_pages_are_accessible(new_server: Service, newcomer: Somebody, how: dict[str, object]) -> None:
    stranger = newcomer(CVETA, **how)
    stranger.go(founding_link(new_server, Proposal("Lime", "UTC", None, "Olga", _address())))
    expect(stranger.page.get_by_role("heading", name="Set up your practice")).to_be_visible()
    has_no_violations_in_light_and_dark(stranger.page, "start")
    stranger.page.get_by_role("button", name="Open the calendar").click()
    expect(stranger.page.get_by_role("alert")).to_be_visible()
    has_no_violations_in_light_and_dark(stranger.page, "start with an error")
    olga = _signed_in(newcomer, new_server, "Lime Practice", **how)
    page = olga.page
    olga.go("/practice")
    page.get_by_role("button", name="Invite a colleague").last.click()
    dialog = page.get_by_role("dialog", name="Invite a colleague")
    has_no_violations_in_light_and_dark(page, "inviting")
    dialog.get_by_label("Name", exact=True).fill("Rok")
    dialog.get_by_label("E-mail address").fill(_address())
    dialog.get_by_role("button", name="Create link").click()
    link = dialog.get_by_role("textbox", name="Link for Rok").input_value()
    has_no_violations_in_light_and_dark(page, "a link")
    dialog.get_by_role("button", name="Done").click()
    has_no_violations_in_light_and_dark(page, "practice")
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(sideways) <= 0
    page.get_by_role("button", name="Actions for Olga").click()
    page.get_by_role("menuitem", name="Change roles").click()
    expect(page.get_by_role("dialog", name="Roles of Olga")).to_be_visible()
    has_no_violations_in_light_and_dark(page, "roles")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show steps").click()
    has_no_violations_in_light_and_dark(page, "first steps")
    stranger.go(link)
    expect(stranger.page.get_by_role("heading", name="Join Lime Practice")).to_be_visible()
    has_no_violations_in_light_and_dark(stranger.page, "join")


def _address() -> str:
    return f"{uuid4().hex[:8]}@example.com"


def _add_client(page: Page, name: str) -> None:
    form = page.get_by_role("dialog", name="New session")
    form.get_by_role("combobox", name="Clients").fill(name)
    page.get_by_role("option", name=re.compile(name)).click()
    adding = form.get_by_role("group", name="Add a new client")
    adding.get_by_label(re.compile("e-mail address")).fill(_address())
    adding.get_by_role("button", name="Add client").click()
    expect(form.get_by_role("button", name=f"Remove {name}")).to_be_visible()


def _signed_in(newcomer: Somebody, service: Service, practice: str, *roles: Role, **how: object) -> Person:
    """The admin of a new practice without other people, before anyone has opened its settings."""
    person = newcomer(founded(service, practice, *roles), **how)
    person.go("/")
    person.page.get_by_label("E-mail address").fill(person.email)
    person.page.get_by_label("Password", exact=True).fill(PASSWORD)
    person.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(person.page.get_by_role("button", name=re.compile(": account menu of Olga"))).to_be_visible()
    return person
