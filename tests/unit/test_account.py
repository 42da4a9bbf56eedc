"""The rights of accounts, and the preferences of people."""

import pytest

from domain.accounts.account import Preferences, Role
from domain.errors import Invalid, NotAllowed, NotFound, ObjectKind
from domain.language import Language
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
        account().must_manage(BOR, ObjectKind.SESSION)
    assert str(refusal.value) == str(NotFound(ObjectKind.SESSION))


def test_only_admins_do_what_is_for_admins() -> None:
    account(Role.ADMIN).must_be_admin()
    with pytest.raises(NotAllowed):
        account(Role.CONSULTANT).must_be_admin()


def test_what_is_not_named_stays() -> None:
    slovene = account().preferring(Preferences(language=Language.SLOVENE, chooses_language=True))
    assert slovene.language is Language.SLOVENE
    moved = slovene.preferring(Preferences(name=" Ana N. ", zone="Europe/Zagreb"))
    assert (moved.name, moved.zone, moved.language) == ("Ana N.", "Europe/Zagreb", Language.SLOVENE)
    assert moved.preferring(Preferences(chooses_language=True)).language is None


@pytest.mark.parametrize(("wanted", "field"), [(Preferences(name=" "), "name"), (Preferences(zone="Mars"), "zone")])
def test_a_preference_is_refused_where_it_is_wrong(wanted: Preferences, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        account().preferring(wanted)
    assert refusal.value.field == field
