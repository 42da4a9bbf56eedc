"""An admin sets the practice's identity provider on the page, and signs in with it from then on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import psycopg
import pytest
from playwright.sync_api import expect

from tests.database import DatabaseServer, fresh_database
from tests.e2e.axe import has_no_violations_in_light_and_dark
from tests.e2e.conftest import people
from tests.e2e.kept_browsers import KeptBrowsers, SignIns
from tests.e2e.new_practice import nothing_yet
from tests.e2e.person import Person
from tests.identity_provider.process import CLIENT, SECRET, IdentityProviderProcess, identity_provider
from tests.joining import founded
from tests.real_processes import Service

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


class Site(NamedTuple):
    running: Service
    provider: IdentityProviderProcess
    email: str


@pytest.fixture(autouse=True)
def known_state() -> None:
    """The demo is not asked here."""


@pytest.fixture(scope="module")
def running(chromium: str, database_server: DatabaseServer) -> Iterator[Service]:
    with (
        fresh_database(database_server) as address,
        nothing_yet(address, Path(mkdtemp(prefix="calendra-e2e-"))) as begun,
    ):
        yield begun[0]


@pytest.fixture
def site(running: Service, request: pytest.FixtureRequest) -> Iterator[Site]:
    email = founded(running, f"Elm Practice {request.node.name.rpartition('[')[2].strip(']')}")
    with psycopg.connect(running.environment["CALENDRA_DATABASE_URL"]) as connection:
        found = connection.execute("SELECT organization_id FROM accounts WHERE email = %s", [email]).fetchone()
    assert found
    callback = f"{running.environment['CALENDRA_PUBLIC_ADDRESS']}/sign-in/{found[0]}/callback"
    claims: dict[str, dict[str, Any]] = {
        "olga": {"email": email, "email_verified": True},
        "unverified": {"email": email, "email_verified": False},
    }
    with identity_provider([callback], claims) as provider:
        yield Site(running, provider, email)


@pytest.fixture
def somebody_here(browsers: KeptBrowsers, running: Service) -> Iterator[Callable[..., Person]]:
    yield from people(browsers, running.environment["CALENDRA_PUBLIC_ADDRESS"], SignIns())


def _set_up(olga: Person, site: Site, *, required: bool = False) -> str:
    """On the Practice page. Returns the sign-in link."""
    page = olga.page
    page.get_by_role("button", name="Set up single sign-on").click()
    dialog = page.get_by_role("dialog", name="Single sign-on")
    dialog.get_by_label("Issuer").fill(site.provider.issuer)
    dialog.get_by_label("Client ID").fill(CLIENT)
    dialog.get_by_label("Client secret").fill(SECRET)
    expect(dialog.get_by_text(site.email.rpartition("@")[2], exact=True)).to_be_visible()
    if required:
        dialog.get_by_label("Require single sign-on").check()
    dialog.get_by_role("button", name="Check and save").click()
    expect(dialog).not_to_be_visible()
    return page.get_by_role("textbox", name="Sign-in link for your people").input_value()


def _at_provider(olga: Person, sub: str = "olga") -> None:
    olga.page.get_by_label("Person").fill(sub)
    olga.page.get_by_role("button", name="Sign in", exact=True).click()


def _sign_out(olga: Person) -> None:
    olga.context.clear_cookies()
    olga.go("/practice")


@pytest.mark.parametrize("looks", [{}, PHONE], ids=["desk", "phone"])
def test_an_admin_sets_it_up_and_signs_in_with_it(
    site: Site, somebody_here: Callable[..., Person], looks: dict[str, object]
) -> None:
    olga = somebody_here(site.email, **looks).arrive("/practice")
    page = olga.page
    link = _set_up(olga, site)
    expect(page.get_by_text(f"People sign in with {site.provider.issuer}, or with a password.")).to_be_visible()
    has_no_violations_in_light_and_dark(page, "the section of single sign-on")
    olga.context.clear_cookies()
    olga.go(link)
    expect(page.get_by_role("heading", name="Sign in to Elm Practice")).to_be_visible()
    has_no_violations_in_light_and_dark(page, "a sign-in link")
    page.get_by_role("button", name="Continue").click()
    _at_provider(olga)
    expect(page).to_have_url(f"{olga.address}/")
    # The browser knows the practice now, and leads back to the page that was opened.
    _sign_out(olga)
    has_no_violations_in_light_and_dark(page, "the sign-in page of a known practice")
    page.get_by_role("button", name="Sign in with Elm Practice").click()
    _at_provider(olga)
    expect(page).to_have_url(f"{olga.address}/practice")
    expect(page.get_by_text("1 person is linked.")).to_be_visible()


def test_a_person_who_is_refused_sees_why_and_starts_again(site: Site, somebody_here: Callable[..., Person]) -> None:
    olga = somebody_here(site.email).arrive("/practice")
    page = olga.page
    link = _set_up(olga, site)
    olga.context.clear_cookies()
    olga.go(link)
    page.get_by_role("button", name="Continue").click()
    _at_provider(olga, "unverified")
    expect(page.get_by_role("alert")).to_contain_text(f"does not confirm that the address {site.email} is yours")
    has_no_violations_in_light_and_dark(page, "a refused sign-in")
    assert "code=" not in page.url
    page.get_by_role("link", name="Start again").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_role("alert")).to_contain_text("did not sign you in (access_denied)")


def test_where_it_is_required_the_password_leads_to_it(site: Site, somebody_here: Callable[..., Person]) -> None:
    olga = somebody_here(site.email).arrive("/practice")
    page = olga.page
    _set_up(olga, site, required=True)
    expect(page.get_by_text(f"People sign in with {site.provider.issuer} only.")).to_be_visible()
    # Somebody else is chosen to break the glass, so that her password is refused.
    with psycopg.connect(site.running.environment["CALENDRA_DATABASE_URL"]) as connection:
        connection.execute(_ANOTHER_ADMIN, [UUID(int=77), site.email, UUID(int=77), site.email])
    _sign_out(olga)
    olga.sign_in()
    expect(page.get_by_role("alert")).to_contain_text("Your practice requires that you sign in with its own account")
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("button", name="Continue").click()
    _at_provider(olga)
    expect(page).to_have_url(f"{olga.address}/practice")


_ANOTHER_ADMIN = """
    WITH another AS (
        INSERT INTO accounts (organization_id, id, email, name, roles, zone, password_hash)
        SELECT organization_id, %s, 'another@example.com', 'Another', '{admin}', 'UTC', '!' FROM accounts
        WHERE email = %s
        RETURNING organization_id
    )
    UPDATE identity_providers p SET break_glass = ARRAY[%s::uuid]
    FROM accounts a WHERE a.organization_id = p.organization_id AND a.email = %s
"""


def test_signing_in_again_there_stands_for_the_password(site: Site, somebody_here: Callable[..., Person]) -> None:
    olga = somebody_here(site.email).arrive("/practice")
    page = olga.page
    link = _set_up(olga, site)
    olga.context.clear_cookies()
    olga.go(link)
    page.get_by_role("button", name="Continue").click()
    _at_provider(olga)
    expect(page).to_have_url(f"{olga.address}/")
    with psycopg.connect(site.running.environment["CALENDRA_DATABASE_URL"]) as connection:
        connection.execute("UPDATE login_sessions SET proved_at = proved_at - interval '6 minutes'")
    olga.go("/practice")
    page.get_by_role("button", name="Remove …").click()
    page.get_by_role("button", name="Remove single sign-on").click()
    page.get_by_role("button", name="Sign in at the identity provider instead").click()
    _at_provider(olga)
    expect(page).to_have_url(f"{olga.address}/practice")
    page.get_by_role("button", name="Remove …").click()
    page.get_by_role("button", name="Remove single sign-on").click()
    expect(page.get_by_text("Not set up: people sign in with passwords.")).to_be_visible()
    answer = httpx.get(f"{olga.address}/api/sign-in/{link.rpartition('/')[2]}")
    assert answer.status_code == 404
