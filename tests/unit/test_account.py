"""Who may manage what."""

import pytest

from domain.account import Role
from domain.errors import NotAllowed, NotFound
from tests.builders import ANA, BOR, account


@pytest.mark.parametrize(
    ("roles", "own", "others"),
    [
        ((Role.CONSULTANT,), True, False),
        ((Role.ADMIN,), True, True),
        ((Role.ADMIN, Role.CONSULTANT), True, True),
    ],
)
def test_consultants_manage_their_own_sessions_and_admins_all(roles: tuple[Role, ...], own: bool, others: bool) -> None:
    person = account(*roles)
    assert person.may_manage(ANA) is own
    assert person.may_manage(BOR) is others


def test_a_refusal_does_not_tell_whether_the_thing_exists() -> None:
    with pytest.raises(NotFound) as refusal:
        account().must_manage(BOR, "session")
    assert str(refusal.value) == str(NotFound("session"))


def test_only_admins_do_what_is_for_admins() -> None:
    account(Role.ADMIN).must_be_admin()
    with pytest.raises(NotAllowed):
        account(Role.CONSULTANT).must_be_admin()
