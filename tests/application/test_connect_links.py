"""Connect links: usable once, by the named consultant only."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from application.secret import DerivedSecrets, Secret
from domain.connection.errors import ConnectLinkInvalid
from domain.errors import KeyReused, NotFound
from domain.providers import Providers
from tests.application.stage import NORTH, Stage


async def test_a_personal_link_serves_its_consultant_once(stage: Stage) -> None:
    invitation = await stage.use.invite_to_connect()(stage.admin, uuid4(), stage.ana.id, NORTH)
    for who in (stage.bor, stage.admin):
        with pytest.raises(ConnectLinkInvalid):
            await stage.use.invite_to_connect().look_at(who, invitation.secret.text)
        with pytest.raises(ConnectLinkInvalid):
            await stage.use.invite_to_connect().redeem(who, b"browser", invitation.secret.text)
    assert (await stage.use.invite_to_connect().look_at(stage.ana, invitation.secret.text)).name == NORTH
    redirect = await stage.use.invite_to_connect().redeem(stage.ana, b"browser", invitation.secret.text)
    user = stage.at_provider("Ana")
    assert (await stage.back(stage.ana, stage.approved(redirect, user))).account == user
    with pytest.raises(ConnectLinkInvalid):
        await stage.use.invite_to_connect().redeem(stage.ana, b"browser", invitation.secret.text)


async def test_a_link_whose_redirect_failed_is_not_used_up(stage: Stage) -> None:
    invite = stage.use.invite_to_connect()
    invitation = await invite(stage.admin, uuid4(), stage.ana.id, NORTH)
    without_providers = replace(invite, connect=replace(invite.connect, providers=Providers([])))
    with pytest.raises(NotFound):
        await without_providers.redeem(stage.ana, b"browser", invitation.secret.text)
    assert (await invite.redeem(stage.ana, b"browser", invitation.secret.text)).draft_id is None


async def test_a_personal_link_ends_and_is_made_for_consultants_only(stage: Stage) -> None:
    invite = stage.use.invite_to_connect()
    invitation = await invite(stage.admin, uuid4(), stage.ana.id, NORTH)
    stage.move(timedelta(days=14))
    with pytest.raises(ConnectLinkInvalid):
        await invite.look_at(stage.ana, invitation.secret.text)
    with pytest.raises(ConnectLinkInvalid):
        await invite.redeem(stage.ana, b"browser", invitation.secret.text)
    with pytest.raises(NotFound):
        await invite(stage.admin, uuid4(), stage.admin.id, NORTH)
    with pytest.raises(NotFound):
        await invite(stage.admin, uuid4(), stage.ana.id, "west")


async def test_a_repeated_request_gets_the_same_link_and_makes_no_second_one(stage: Stage) -> None:
    invite, link_id = stage.use.invite_to_connect(), uuid4()
    first = await invite(stage.admin, link_id, stage.ana.id, NORTH)
    stage.move(timedelta(hours=1))
    again = await invite(stage.admin, link_id, stage.ana.id, NORTH)
    assert (again.secret, again.link) == (first.secret, first.link)
    assert len(stage.harness.database.state.connect_links) == 1
    with pytest.raises(KeyReused):
        await invite(stage.admin, link_id, stage.bor.id, NORTH)
    other = await invite(stage.admin, uuid4(), stage.ana.id, NORTH)
    assert other.secret != first.secret
    assert Secret.read(first.secret.text) == first.secret


def test_a_derived_secret_follows_from_the_key_of_the_deployment() -> None:
    here, this = uuid4(), uuid4()
    made = DerivedSecrets("one key").of(here, this)
    assert made == DerivedSecrets("one key").of(here, this)
    others = [DerivedSecrets("another key").of(here, this), DerivedSecrets("one key").of(here, uuid4())]
    assert made.text not in [one.text for one in others]
    assert "one key" not in repr(DerivedSecrets("one key"))
