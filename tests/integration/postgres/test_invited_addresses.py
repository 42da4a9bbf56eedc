"""Whether an address signs in at another practice shows in no answer to an invitation, and in no statement."""

from uuid import uuid4

import pytest

from adapters.in_memory.clock import MovableClock
from adapters.postgres import PostgresDatabase
from application.accounts.invite_colleague import InviteColleague, Made, Wanted
from application.secret import DerivedSecrets
from domain.accounts.account import Role
from domain.rule import Rule
from tests.breaking import breaks
from tests.contract.storage.practice import NOW, Practice, new_practice
from tests.integration.postgres.counting import counted

ROLES = frozenset({Role.CONSULTANT})


async def _invited(invite: InviteColleague, practice: Practice, email: str) -> tuple[Made, list[str]]:
    with counted() as statements:
        made = await invite(practice.admin, uuid4(), Wanted("Dana", email, ROLES))
    return made, list(statements)


@pytest.mark.parametrize("ended", [False, True])
async def test_an_address_known_elsewhere_is_invited_like_an_unknown_one(
    postgres: PostgresDatabase, practice: Practice, ended: bool
) -> None:
    elsewhere = await new_practice(postgres)
    if ended:
        async with postgres.begin() as work:
            await work.people.save_ending(elsewhere.ana.end(other_admins=1, now=NOW))
            await work.commit()
    invite = InviteColleague(postgres.begin, DerivedSecrets("a key"), MovableClock(NOW))
    await _invited(invite, practice, "first@example.com")  # the first connection of a pool asks the server about itself
    known, of_known = await _invited(invite, practice, elsewhere.ana.email)
    unknown, of_unknown = await _invited(invite, practice, "unknown@example.com")
    assert of_known == of_unknown
    assert known.invitation.state(NOW) is unknown.invitation.state(NOW)
    with counted() as renewed:
        await invite.renew(practice.admin, known.invitation.id)
    with counted() as also_renewed:
        await invite.renew(practice.admin, unknown.invitation.id)
    assert renewed == also_renewed


async def test_of_the_own_people_an_admin_hears_what_the_list_of_people_says(
    postgres: PostgresDatabase, practice: Practice
) -> None:
    async with postgres.begin() as work:
        await work.people.save_ending(practice.ana.end(other_admins=1, now=NOW))
        await work.commit()
    invite = InviteColleague(postgres.begin, DerivedSecrets("a key"), MovableClock(NOW))
    for person, rule in ((practice.ana, Rule.EMAIL_ENDED), (practice.bor, Rule.EMAIL_TAKEN)):
        with breaks(rule, "email"):
            await invite(practice.admin, uuid4(), Wanted("Dana", person.email, ROLES))
