"""Personal links to connect: for one consultant, once, and never a way to act in their place."""

from datetime import timedelta

import pytest

from domain.errors import ConnectLinkInvalid, NotFound
from tests.application.stage import NORTH, Stage


async def test_a_personal_link_serves_its_consultant_once(stage: Stage) -> None:
    invitation = await stage.use.invite_to_connect()(stage.admin, stage.ana.id, NORTH)
    for who in (stage.bor, stage.admin):
        with pytest.raises(ConnectLinkInvalid):
            await stage.use.invite_to_connect().redeem(who, b"browser", invitation.secret.text)
    departure = await stage.use.invite_to_connect().redeem(stage.ana, b"browser", invitation.secret.text)
    user = stage.at_provider("Ana")
    assert (await stage.back(stage.ana, stage.approved(departure, user))).account == user
    with pytest.raises(ConnectLinkInvalid):
        await stage.use.invite_to_connect().redeem(stage.ana, b"browser", invitation.secret.text)


async def test_a_personal_link_ends_and_is_made_for_consultants_only(stage: Stage) -> None:
    invite = stage.use.invite_to_connect()
    invitation = await invite(stage.admin, stage.ana.id, NORTH)
    stage.move(timedelta(days=14))
    with pytest.raises(ConnectLinkInvalid):
        await invite.redeem(stage.ana, b"browser", invitation.secret.text)
    with pytest.raises(NotFound):
        await invite(stage.admin, stage.admin.id, NORTH)
    with pytest.raises(NotFound):
        await invite(stage.admin, stage.ana.id, "west")
