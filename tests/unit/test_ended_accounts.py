"""When an account may end, what an ended one may do, and when a reset link works."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from domain.accounts.account import Account, Role
from domain.accounts.errors import AccountEnded, LastAdmin, OwnResetLink, ResetLinkInvalid
from domain.accounts.reset_link import ResetLink

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOURS = timedelta(hours=1)
OLGA = Account(uuid4(), uuid4(), "olga@example.com", "Olga", frozenset(Role), "UTC")
ADMIN = Account(OLGA.organization_id, uuid4(), "admin@example.com", "Admin", frozenset({Role.ADMIN}), "UTC")


def test_an_ended_account_has_no_rights_and_gets_its_roles_back() -> None:
    ended = OLGA.end(other_admins=1, now=NOW)
    assert (ended.ended, ended.is_admin, ended.is_consultant) == (True, False, False)
    assert not ended.may_manage(ended.id)
    assert ended.end(other_admins=0, now=NOW + HOURS) is ended, "ending again changes nothing"
    assert ended.restore() == OLGA


def test_the_last_admin_stays() -> None:
    with pytest.raises(LastAdmin):
        OLGA.end(other_admins=0, now=NOW)


def test_a_reset_link_works_for_72_hours() -> None:
    link = ResetLink.make(OLGA, b"hash", ADMIN, now=NOW)
    assert link.must_serve(OLGA, now=NOW + 72 * HOURS - timedelta(seconds=1)) is OLGA
    for account, hours in ((OLGA, 72), (OLGA.end(other_admins=1, now=NOW), 0), (None, 0)):
        with pytest.raises(ResetLinkInvalid):
            link.must_serve(account, now=NOW + hours * HOURS)


def test_nobody_gets_a_reset_link_from_themselves_or_after_the_end() -> None:
    with pytest.raises(OwnResetLink):
        ResetLink.make(OLGA, b"hash", OLGA, now=NOW)
    with pytest.raises(AccountEnded):
        ResetLink.make(OLGA.end(other_admins=1, now=NOW), b"hash", ADMIN, now=NOW)
    assert ResetLink.make(OLGA, b"hash", None, now=NOW).made_by is None
