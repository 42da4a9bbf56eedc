"""Invitations, foundings and roles: when a link may be used, and when a role may end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.accounts.account import Account, Role
from domain.accounts.errors import (
    FoundingInvalid,
    InvitationInvalid,
    InvitationRevoked,
    LastAdmin,
    SessionsToCome,
    StillConnected,
)
from domain.accounts.founding import Founding
from domain.accounts.invitation import Invitation, InvitationState
from domain.accounts.organization import Organization, PracticeSettings
from domain.accounts.roles import with_roles
from domain.errors import CalendraError, Invalid
from domain.rule import Rule
from tests.breaking import breaks

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOURS = timedelta(hours=1)
BOTH = frozenset(Role)
INVITATION = Invitation(
    uuid4(), uuid4(), b"one", " Dana@Example.com", " Dana ", frozenset({Role.CONSULTANT}), uuid4(), NOW
)


def test_an_invitation_ends_after_72_hours() -> None:
    assert INVITATION.state(NOW + 72 * HOURS - timedelta(seconds=1)) is InvitationState.PENDING
    assert INVITATION.state(NOW + 72 * HOURS) is InvitationState.EXPIRED
    with pytest.raises(InvitationInvalid):
        INVITATION.accept(now=NOW + 72 * HOURS)


def test_an_invitation_is_accepted_once() -> None:
    accepted = INVITATION.accept(now=NOW)
    assert accepted.state(NOW + 100 * HOURS) is InvitationState.ACCEPTED
    with pytest.raises(InvitationInvalid):
        accepted.accept(now=NOW)
    with pytest.raises(InvitationInvalid):
        accepted.revoke(now=NOW)
    with pytest.raises(InvitationInvalid):
        accepted.renew(b"two", uuid4(), now=NOW)


def test_a_revoked_invitation_gets_no_new_link() -> None:
    revoked = INVITATION.revoke(now=NOW)
    assert revoked.state(NOW) is InvitationState.REVOKED
    with pytest.raises(InvitationInvalid):
        revoked.accept(now=NOW)
    with pytest.raises(InvitationRevoked):
        revoked.renew(b"two", INVITATION.made_by, now=NOW + 80 * HOURS)


def test_an_expired_invitation_opens_again_with_a_new_link() -> None:
    renewed = INVITATION.renew(b"two", INVITATION.made_by, now=NOW + 80 * HOURS)
    assert (renewed.token_hash, renewed.state(NOW + 151 * HOURS)) == (b"two", InvitationState.PENDING)


def test_what_an_invitation_says_is_checked() -> None:
    assert (INVITATION.email, INVITATION.name) == ("dana@example.com", "Dana")
    wrong: dict[str, Any]
    for wrong in ({"email": "nowhere"}, {"name": " "}, {"roles": frozenset()}):
        with pytest.raises(Invalid):
            replace(INVITATION, **wrong)


@pytest.mark.parametrize(
    ("only_first", "practices_exist", "hours", "usable"),
    [(True, False, 71, True), (True, True, 0, False), (False, True, 71, True), (False, False, 72, False)],
)
def test_when_a_practice_may_be_founded(only_first: bool, practices_exist: bool, hours: int, usable: bool) -> None:
    founding = Founding(uuid4(), b"one", NOW, only_first)
    if usable:
        founding.must_be_usable(now=NOW + hours * HOURS, practices_exist=practices_exist)
        return
    with pytest.raises(FoundingInvalid):
        founding.must_be_usable(now=NOW + hours * HOURS, practices_exist=practices_exist)


@pytest.mark.parametrize(
    ("roles", "other_admins", "coming", "connected_at", "refusal"),
    [
        ({Role.ADMIN}, 0, 1, ["Zoom"], SessionsToCome),
        ({Role.ADMIN}, 0, 0, ["Zoom"], StillConnected),
        ({Role.ADMIN}, 0, 0, [], None),
        ({Role.CONSULTANT}, 0, 0, [], LastAdmin),
        ({Role.CONSULTANT}, 1, 9, ["Zoom"], None),
        ({Role.ADMIN, Role.CONSULTANT}, 0, 9, ["Zoom"], None),
        (set(), 1, 0, [], Invalid),
    ],
)
def test_when_a_role_may_end(
    roles: set[Role], other_admins: int, coming: int, connected_at: list[str], refusal: type[CalendraError] | None
) -> None:
    both = Account(uuid4(), uuid4(), "olga@example.com", "Olga", BOTH, "UTC")

    def change() -> Account:
        wanted = frozenset(roles)
        return with_roles(both, wanted, other_admins=other_admins, coming=coming, connected_at=connected_at)

    if refusal is None:
        assert change() == replace(both, roles=frozenset(roles))
        return
    with pytest.raises(refusal):
        change()


def test_a_practices_name_is_trimmed_however_it_is_set() -> None:
    oak = Organization(uuid4(), "  Oak ", "UTC")
    assert oak.name == "Oak"
    assert oak.changed(PracticeSettings(name=" Ash\t")).name == "Ash"
    with breaks(Rule.EMPTY, "name"):
        oak.changed(PracticeSettings(name=" "))
