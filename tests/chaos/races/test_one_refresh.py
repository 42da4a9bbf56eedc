"""Fifty requests need a new access token of one consultant at the same moment, in two processes."""

from typing import Any

import pytest

from domain.accounts.account import Account
from tests.chaos.races.crowd import Ask, crowd, statuses
from tests.chaos.races.practice import Practice

CROWD = 50
pytestmark = pytest.mark.slow


def test_one_refresh_when_the_token_has_grown_old(practice: Practice) -> None:
    """By our own clock: it ends within half a minute, so no process may use it any more."""
    practice.zoom.configure(access_token_seconds=20)
    (host,) = practice.staff.hire(1)
    practice.zoom.configure(access_token_seconds=3599)
    _all_succeed_with_one_refresh(practice, host, "old token")


def test_one_refresh_when_the_provider_rejects_the_token(practice: Practice) -> None:
    """The provider rejects it, although it is valid by our clock."""
    (host,) = practice.staff.hire(1)
    practice.zoom.expire_access(host.email)
    _all_succeed_with_one_refresh(practice, host, "rejected token")


def _all_succeed_with_one_refresh(practice: Practice, host: Account, title: str) -> None:
    before = len(_refreshes(practice, host))  # connecting with tokens that are about to end refreshes them too
    asks = [Ask("POST", "/api/bookings", practice.form(host, title)) for _ in range(CROWD)]
    answers = crowd(practice.admin, practice.addresses, asks)
    assert statuses(answers) == {(201, ""): CROWD}
    assert [one.json()["meeting"] for one in answers if one.json()["meeting"]["status"] != "ready"] == []
    assert [one["status"] for one in _refreshes(practice, host)[before:]] == [200]
    assert practice.zoom.counts(host.email)["created"] == CROWD
    assert practice.audit().faults == {}


def _refreshes(practice: Practice, host: Account) -> list[dict[str, Any]]:
    return practice.zoom.requests(account=host.email, operation="refresh")
