"""The identity provider comes back with other keys, as after a rotation."""

from datetime import UTC, datetime, timedelta

from domain.accounts.account import Role
from tests.identity_provider.process import identity_provider
from tests.in_memory_app import in_memory_app
from tests.integration.single_sign_on.stage import PEOPLE, Stage, callback
from tests.ports import free_port


async def test_people_sign_in_with_the_new_keys_and_wait_while_it_is_down() -> None:
    port = free_port()
    async with in_memory_app(now=datetime.now(UTC), calls_identity_providers=True) as app:
        organization, ana = await app.found("Vidra", "Ana")
        bor = await app.add_people("Bor", Role.CONSULTANT, organization=organization)
        await app.log_in(ana)
        with identity_provider([callback(organization.id)], PEOPLE, port=port) as first:
            stage = Stage(app, organization, ana, bor, first)
            await stage.ready()
            assert (await stage.sign_in("bor")).status_code == 201
            under_way = await first.sign_in(await stage.begin(), "bor")
        down = await stage.complete(under_way)
        assert (down.status_code, down.json()["data"]["reason"]) == (502, "not_responding")
        app.clock.move(timedelta(seconds=31))
        with identity_provider([callback(organization.id)], PEOPLE, port=port):
            assert (await stage.sign_in("bor")).status_code == 201
