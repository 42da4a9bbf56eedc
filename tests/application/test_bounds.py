"""Nobody fills the storage: clients of a practice and pending links of an account have limits."""

from dataclasses import replace
from uuid import uuid4

from application.accounts.invite_colleague import Wanted
from domain.accounts.account import Role
from domain.rule import Rule
from tests.application.stage import NORTH, Stage
from tests.breaking import breaks

CONSULTANT = frozenset({Role.CONSULTANT})


async def test_a_full_practice_takes_no_more_clients(stage: Stage) -> None:
    manage = replace(stage.use.manage_clients(), most=3)
    key = uuid4()
    second = await manage.add(stage.ana, key, "Second")
    third = await manage.add(stage.ana, uuid4(), "Third")
    with breaks(Rule.PRACTICE_FULL, "name", most=3):
        await manage.add(stage.admin, uuid4(), "Fourth")
    assert await manage.add(stage.ana, key, "Second") == second, "a repetition is no new client"
    await stage.use.erase_client()(stage.admin, third.id, end_coming=False, texts=False)
    await manage.add(stage.ana, uuid4(), "Fourth")


async def test_an_account_has_a_limited_number_of_unused_connect_links(stage: Stage) -> None:
    invite = replace(stage.use.invite_to_connect(), most_pending=2)
    first = await invite(stage.admin, uuid4(), stage.ana.id, NORTH)
    await invite(stage.admin, uuid4(), stage.bor.id, NORTH)
    with breaks(Rule.TOO_MANY_PENDING_LINKS, "consultant_id", most=2):
        await invite(stage.admin, uuid4(), stage.bor.id, NORTH)
    await invite.redeem(stage.ana, b"a login", first.secret.text)
    await invite(stage.admin, uuid4(), stage.bor.id, NORTH)


async def test_an_account_has_a_limited_number_of_pending_invitations(stage: Stage) -> None:
    invite = replace(stage.use.invite_colleague(), most_pending=2)
    first = await invite(stage.admin, uuid4(), Wanted("One", "one@example.com", CONSULTANT))
    await invite(stage.admin, uuid4(), Wanted("Two", "two@example.com", CONSULTANT))
    with breaks(Rule.TOO_MANY_PENDING_LINKS, "email", most=2):
        await invite(stage.admin, uuid4(), Wanted("Three", "three@example.com", CONSULTANT))
    assert (await invite.renew(stage.admin, first.invitation.id)).invitation.id == first.invitation.id
    await invite.revoke(stage.admin, first.invitation.id)
    await invite(stage.admin, uuid4(), Wanted("Three", "three@example.com", CONSULTANT))
