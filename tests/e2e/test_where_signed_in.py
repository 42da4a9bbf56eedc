"""People see where they are signed in, end one of these login sessions, and hear of a new browser."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from demo.practice import PASSWORD
from tests.browser import Browser
from tests.e2e.axe import has_no_violations_in_light_and_dark
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.joining import join
from tests.real_processes import ADMIN

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.mark.parametrize("looks", [{}, PHONE], ids=["desk", "phone"])
def test_a_new_browser_is_reported_and_can_be_signed_out(
    somebody: Callable[..., Person], practice: Practice, looks: dict[str, object]
) -> None:
    """With a new person, because other tests are signed in as the others."""
    email = f"{uuid4().hex[:8]}@example.com"
    with Browser(practice.address) as newcomer:
        join(practice.of(ADMIN), newcomer, "Dana Rozman", email, PASSWORD, "admin")
        newcomer.api("DELETE", "/api/login").raise_for_status()
    here = somebody(email, **looks).arrive()
    notice = here.page.get_by_role("region", name="A new browser signed in to your account")
    expect(notice).to_have_count(0)
    elsewhere = somebody(email).arrive()
    expect(elsewhere.page.get_by_role("main")).to_be_visible()
    here.page.reload()
    expect(notice).to_contain_text(re.compile(r"Chrome on Linux, today at \d\d:\d\d"))
    has_no_violations_in_light_and_dark(here.page, "a new browser")
    notice.get_by_role("button", name="Open settings").click()
    dialog = here.page.get_by_role("dialog", name="Settings")
    logins = dialog.get_by_role("list", name="Where you are signed in").get_by_role("listitem")
    expect(logins).to_have_count(2)
    expect(logins.filter(has_text="This browser")).to_have_count(1)
    other = logins.filter(has_text="New")
    expect(other).to_contain_text("from 127.0.0.1")
    has_no_violations_in_light_and_dark(here.page, "where one is signed in")
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert here.page.evaluate(sideways) <= 0
    other.get_by_role("button", name=re.compile("Sign out Chrome on Linux")).click()
    here.is_told("Signed out there.")
    expect(logins).to_have_count(1)
    expect(elsewhere.page.get_by_role("dialog", name="Sign in again")).to_be_visible()
    dialog.get_by_role("button", name="Close").first.click()
    expect(notice).to_have_count(0)


def test_a_new_browser_that_is_ones_own_is_acknowledged(somebody: Callable[..., Person], practice: Practice) -> None:
    email = f"{uuid4().hex[:8]}@example.com"
    with Browser(practice.address) as newcomer:
        join(practice.of(ADMIN), newcomer, "Dana Rozman", email, PASSWORD, "admin")
        newcomer.api("DELETE", "/api/login").raise_for_status()
    here = somebody(email).arrive()
    somebody(email).arrive()
    here.page.reload()
    notice = here.page.get_by_role("region", name="A new browser signed in to your account")
    notice.get_by_role("button", name="It was me").click()
    expect(notice).to_have_count(0)
    here.page.reload()
    expect(here.page.get_by_role("main")).to_be_visible()
    expect(notice).to_have_count(0)
