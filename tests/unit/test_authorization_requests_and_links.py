"""Authorization requests and connect links: usable once, in time, by the right person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.accounts.login_session import IDLE_TIMEOUT, IdleMinutes, LoginSession
from domain.accounts.login_session import LIFETIME as LOGGED_IN_FOR
from domain.booking.draft import LARGEST_FORM, Draft
from domain.connection import authorization_request as authorization_requests
from domain.connection import connect_link as links
from domain.connection.authorization_request import AuthorizationRequest
from domain.connection.connect_link import ConnectLink
from domain.connection.errors import (
    AuthorizationRequestExpired,
    AuthorizationRequestUnknown,
    AuthorizationRequestUsed,
    ConnectLinkInvalid,
)
from domain.rule import Rule
from tests.breaking import breaks
from tests.builders import ANA, BOR, NOW, PRACTICE, PROVIDER

TICK = timedelta(microseconds=1)
AUTHORIZATION_REQUEST = AuthorizationRequest(PRACTICE, b"state", ANA, b"browser", PROVIDER, "verifier", NOW)
LINK = ConnectLink(PRACTICE, b"token", ANA, PROVIDER, BOR, NOW)


def test_an_attempt_serves_until_its_last_moment() -> None:
    later = NOW + authorization_requests.LIFETIME - TICK
    assert AUTHORIZATION_REQUEST.use(ANA, b"browser", "Meetwell", now=later).used_at == later


def test_an_attempt_expires() -> None:
    with pytest.raises(AuthorizationRequestExpired):
        AUTHORIZATION_REQUEST.use(ANA, b"browser", "Meetwell", now=NOW + authorization_requests.LIFETIME)


def test_an_attempt_serves_once() -> None:
    used = AUTHORIZATION_REQUEST.use(ANA, b"browser", "Meetwell", now=NOW)
    with pytest.raises(AuthorizationRequestUsed):
        used.use(ANA, b"browser", "Meetwell", now=NOW)


@pytest.mark.parametrize(("who", "browser"), [(BOR, b"browser"), (ANA, b"other browser"), (BOR, b"other browser")])
def test_an_attempt_is_unknown_to_other_people_and_browsers_even_when_used(who: object, browser: bytes) -> None:
    for request in (AUTHORIZATION_REQUEST, replace(AUTHORIZATION_REQUEST, used_at=NOW)):
        with pytest.raises(AuthorizationRequestUnknown):
            request.use(who, browser, "Meetwell", now=NOW)  # type: ignore[arg-type]


def test_an_attempt_does_not_print_its_verifier() -> None:
    assert "verifier" not in repr(AUTHORIZATION_REQUEST)


def test_a_link_serves_its_person_once() -> None:
    used = LINK.redeem(ANA, now=NOW)
    assert used.used_at == NOW
    with pytest.raises(ConnectLinkInvalid):
        used.redeem(ANA, now=NOW)


def test_a_link_serves_nobody_else_not_even_who_made_it() -> None:
    with pytest.raises(ConnectLinkInvalid):
        LINK.redeem(BOR, now=NOW)


def test_a_link_ends_after_two_weeks() -> None:
    assert LINK.redeem(ANA, now=LINK.ends_at - TICK).used_at
    with pytest.raises(ConnectLinkInvalid):
        LINK.redeem(ANA, now=NOW + links.LIFETIME)


def test_a_draft_has_a_limit() -> None:
    assert len(Draft(PRACTICE, ANA, ANA, "x" * LARGEST_FORM, NOW).form) == LARGEST_FORM
    with breaks(Rule.DRAFT_TOO_LONG, "form", longest=50_000):
        Draft(PRACTICE, ANA, ANA, "x" * (LARGEST_FORM + 1), NOW)


def test_a_sign_in_expires_however_much_it_is_used() -> None:
    one = replace(LoginSession.begin(PRACTICE, b"hash", ANA, now=NOW), used_at=NOW + LOGGED_IN_FOR - TICK)
    assert not one.expired(NOW + LOGGED_IN_FOR - TICK)
    assert one.expired(NOW + LOGGED_IN_FOR)


def test_a_sign_in_that_nobody_uses_expires_sooner() -> None:
    one = LoginSession.begin(PRACTICE, b"hash", ANA, now=NOW)
    assert not one.expired(NOW + IDLE_TIMEOUT - TICK)
    assert one.expired(NOW + IDLE_TIMEOUT)


@pytest.mark.parametrize("minutes", IdleMinutes)
def test_a_practice_chooses_how_long_a_sign_in_lasts_without_use(minutes: IdleMinutes) -> None:
    one = replace(LoginSession.begin(PRACTICE, b"hash", ANA, now=NOW), idle_minutes=minutes)
    ends = NOW + timedelta(minutes=minutes)
    assert one.ends_at == ends
    assert not one.expired(ends - TICK)
    assert one.expired(ends)


def test_a_use_is_noted_finely_enough_for_a_short_time() -> None:
    one = replace(LoginSession.begin(PRACTICE, b"hash", ANA, now=NOW), idle_minutes=IdleMinutes.QUARTER)
    a_minute = timedelta(minutes=1)
    assert one.used(NOW + a_minute - TICK) is None
    assert one.used(NOW + a_minute) == replace(one, used_at=NOW + a_minute)


def test_a_use_is_worth_noting_once_an_hour() -> None:
    one = LoginSession.begin(PRACTICE, b"hash", ANA, now=NOW)
    assert one.used(NOW + timedelta(hours=1) - TICK) is None
    assert one.used(NOW + timedelta(hours=1)) == replace(one, used_at=NOW + timedelta(hours=1))
