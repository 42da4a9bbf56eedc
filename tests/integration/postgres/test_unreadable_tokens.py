"""Tokens that cannot be decrypted concern one consultant, who needs reconnecting: lists, the connections board,
disconnecting, erasing and the worker's rounds go on."""

import base64
import logging
import os
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any, LiteralString, cast

import msgspec
import psycopg
import pytest

from adapters.in_memory.provider.fault import Fault
from adapters.in_memory.provider.meeting_provider import removal_event
from application.connection.show_connections import ConsultantStatus, ProviderStatus
from domain.accounts.account import Account
from domain.connection.connection import IDLE_AFTER, ConnectionStatus
from domain.connection.errors import AuthorizationRequestUnknown, ConnectionNeeded
from domain.connection.meetings_on_disconnect import AfterDisconnect, MeetingsOnDisconnect
from domain.connection.revocation import Ending, Revocation
from domain.errors import Invalid
from domain.failure_reason import FailureReason
from domain.meeting.meeting_state import MeetingReason, MeetingStatus
from entrypoints.postgres_storage import postgres_storage
from tests.application.stage import NORTH, Stage, staged
from tests.in_memory_app import SETTINGS

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
UNREADABLE = FailureReason.TOKENS_UNREADABLE

BREAKS: dict[str, LiteralString] = {
    "a flipped byte": "set_byte({0}, length({0}) - 1, get_byte({0}, length({0}) - 1) # 1)",
    "a lost key": "set_byte({0}, 1, get_byte({0}, 1) # 255)",
    "a truncated value": "substring({0}, 1, 9)",
    "an empty value": "''::bytea",
    "another version": "set_byte({0}, 0, 9)",
}
MEND = "UPDATE connections c SET access_token = k.access_token, refresh_token = k.refresh_token FROM kept k"


class Site:
    """Ana and Bor are connected, and each has an online session. Then Ana's tokens are broken."""

    def __init__(self, stage: Stage, database: str) -> None:
        self.stage, self.database = stage, database

    def run(self, statement: str, *values: Any) -> None:
        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute(statement.encode(), values)

    def break_tokens(
        self, how: str = "a flipped byte", column: str = "access_token", who: Account | None = None
    ) -> None:
        self.run("CREATE TABLE kept AS SELECT * FROM connections WHERE consultant_id = %s", self.stage.ana.id)
        broken = BREAKS[how].format(column)
        update = f"UPDATE connections SET {column} = {broken} WHERE consultant_id = %s"  # noqa: S608 - constants
        self.run(update, self.stage.ana.id)

    def mend(self) -> None:
        """The operator restores the key."""
        self.run(f"{MEND} WHERE k.consultant_id = c.consultant_id")

    async def board(self, actor: Account) -> dict[str, ProviderStatus]:
        shown: Sequence[ConsultantStatus] = await self.stage.use.show_connections()(actor)
        return {one.consultant.name: status for one in shown for status in one.providers if status.name == NORTH}


@pytest.fixture
async def site(database: str) -> AsyncIterator[Site]:
    key = base64.b64encode(os.urandom(32)).decode()
    settings = msgspec.structs.replace(SETTINGS, database_url=database, token_keys=key, database_connections=4)
    async with staged(settings, postgres_storage(settings)) as stage:
        for who in (stage.ana, stage.bor):
            await stage.connect(who)
            await stage.book(who)
        yield Site(stage, database)


@pytest.mark.parametrize("column", ["access_token", "refresh_token"])
@pytest.mark.parametrize("how", BREAKS)
async def test_the_board_and_the_lists_go_on(site: Site, how: str, column: str) -> None:
    stage = site.stage
    site.break_tokens(how, column)
    board = await site.board(stage.admin)
    ana, bor = board["Ana"].connection, board["Bor"].connection
    assert ana
    assert bor
    assert (ana.status, ana.refresh_failure) == (ConnectionStatus.NEEDS_RECONNECTING, UNREADABLE)
    assert ana.account.email == "ana@north.example"
    assert (bor.status, bor.usable) == (ConnectionStatus.CONNECTED, True)
    upcoming = board["Ana"].upcoming
    assert upcoming
    assert (upcoming.sessions, upcoming.at_risk) == (1, 1)
    assert list(await site.board(stage.ana)) == ["Ana"]
    await stage.book(stage.bor, stage.details(stage.bor, hours=30))
    with pytest.raises(ConnectionNeeded) as needed:
        await stage.book(stage.ana, stage.details(stage.ana, hours=30))
    assert needed.value.data["need"] == "needs_reconnecting"
    assert [one["name"] for one in cast(Any, needed.value.data["connected"])] == ["Bor"]


async def test_the_api_answers(site: Site) -> None:
    site.break_tokens()
    await site.stage.harness.log_in(site.stage.admin)
    answer = await site.stage.harness.api("GET", "/api/consultants")
    assert answer.status_code == 200
    shown = {one["name"]: one["connections"][0] for one in answer.raise_for_status().json()}
    assert (shown["Ana"]["status"], shown["Ana"]["refresh_failure"]) == ("needs_reconnecting", "tokens_unreadable")
    assert shown["Bor"]["status"] == "connected"


async def test_reconnecting_heals_it_and_what_waits_goes_on(site: Site) -> None:
    stage = site.stage
    user = next(one for one in stage.world.people.values() if one.name == "Ana")
    stage.world.strike("create", Fault.DOWN)
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, hours=72))
    site.break_tokens()
    await stage.work(after=MINUTE)
    assert (await stage.view(booking_id)).meeting.status is MeetingStatus.WAITING
    await stage.connect(stage.ana, user=user)
    await stage.work()
    assert (await stage.view(booking_id)).meeting.status is MeetingStatus.READY
    connection = (await site.board(stage.admin))["Ana"].connection
    assert connection
    assert connection.usable


@pytest.mark.parametrize("choice", MeetingsOnDisconnect)
async def test_disconnecting_ends_it_and_says_what_stays(site: Site, choice: MeetingsOnDisconnect) -> None:
    stage = site.stage
    site.break_tokens()
    disconnect = stage.use.disconnect_provider()
    [preview] = await disconnect.preview(stage.admin, stage.ana.id, NORTH)
    assert preview.on_remove is AfterDisconnect.OUT_OF_REACH
    ending = await disconnect(stage.admin, stage.ana.id, NORTH, choice)
    assert ending == Ending(Revocation.TOKENS_UNREADABLE)
    assert await stage.connection(stage.ana) is None
    assert await stage.connection(stage.bor)


async def test_erasing_destroys_it_with_a_receipt(site: Site) -> None:
    stage = site.stage
    site.break_tokens()
    receipt = await stage.use.erase_connection()(stage.admin, stage.ana.email, links=False)
    assert receipt.erased["connections"] == 1
    assert receipt.endings[NORTH].revocation is Revocation.TOKENS_UNREADABLE
    assert await stage.connection(stage.ana) is None


async def test_the_workers_rounds_reach_all_others(site: Site) -> None:
    stage = site.stage
    site.break_tokens()
    stage.move(IDLE_AFTER + DAY)
    await stage.use.keep_connections_alive()()
    bor = await stage.connection(stage.bor)
    assert bor
    assert bor.refreshed_at == stage.harness.clock.now()
    await stage.use.sweep_orphans()()
    for who, looked in ((stage.ana, False), (stage.bor, True)):
        connection = await stage.connection(who)
        assert connection
        assert (connection.sweep.looked_at is not None) is looked
    await stage.work()


async def test_many_broken_ones_do_not_fill_the_sweeps_queue(site: Site) -> None:
    """A round takes twenty hosts, the longest overdue first."""
    stage = site.stage
    site.run(
        "INSERT INTO accounts SELECT (jsonb_populate_record(a, jsonb_build_object('id', md5(n::text)::uuid, 'email',"
        " n || '@x.example'))).* FROM accounts a, generate_series(1, 25) n WHERE a.id = %s",
        stage.ana.id,
    )
    site.run(
        "INSERT INTO connections SELECT (jsonb_populate_record(c, jsonb_build_object('user_id', n::text,"
        " 'consultant_id', md5(n::text)::uuid, 'id', md5('c' || n)::uuid))).*"
        " FROM connections c, generate_series(1, 25) n WHERE consultant_id = %s",
        stage.ana.id,
    )  # copied ciphertexts belong to another row
    site.run(
        "UPDATE connections SET connected_at = connected_at - interval '1 hour' WHERE consultant_id <> %s", stage.bor.id
    )
    stage.move(DAY + MINUTE)
    for _ in range(2):
        await stage.use.sweep_orphans()()
    bor = await stage.connection(stage.bor)
    assert bor
    assert bor.sweep.looked_at


async def test_a_reported_removal_is_neither_believed_nor_dismissed(site: Site) -> None:
    stage = site.stage
    user = next(one for one in stage.world.people.values() if one.name == "Ana")
    site.break_tokens()
    headers, body = removal_event(stage.provider(NORTH), stage.world, user.user_id)
    with pytest.raises(Invalid):
        await stage.use.receive_webhook_event()(NORTH, headers | {"x-event-signature": "00"}, body)
    assert await stage.use.verify_removals()() == 0
    ana = await stage.connection(stage.ana)
    assert ana
    assert ana.unverified_removal.since


async def test_a_restored_key_restores_the_connection(site: Site) -> None:
    """Whatever was saved meanwhile: the row keeps the tokens that this process could not decrypt."""
    stage = site.stage
    before = await stage.connection(stage.ana)
    site.break_tokens("a lost key")
    stage.move(DAY + MINUTE)
    await stage.use.sweep_orphans()()  # saves it
    site.mend()
    after = await stage.connection(stage.ana)
    assert before
    assert after
    assert (after.token_set, after.usable, after.refresh_failure) == (before.token_set, True, None)


async def test_what_waits_for_a_restored_key_is_tried_again(site: Site) -> None:
    """Without a reconnect, only a retry notices it."""
    stage = site.stage
    stage.world.strike("create", Fault.DOWN)
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, hours=72))
    site.break_tokens()
    await stage.work(after=MINUTE)
    waiting = (await stage.view(booking_id)).meeting
    assert (waiting.status, waiting.reason, waiting.waits_for) == (
        MeetingStatus.WAITING,
        MeetingReason.TOKENS_UNREADABLE,
        stage.ana.id,
    )
    site.mend()
    await stage.work(after=15 * MINUTE)
    assert (await stage.view(booking_id)).meeting.status is MeetingStatus.READY


async def test_an_unreadable_verifier_asks_to_start_again(site: Site) -> None:
    stage = site.stage
    redirect = await stage.depart(stage.ana)
    user = next(one for one in stage.world.people.values() if one.name == "Ana")
    returned = stage.approved(redirect, user)
    broken = BREAKS["a flipped byte"].format("verifier")
    site.run(f"UPDATE authorization_requests SET verifier = {broken}")  # noqa: S608 - constants
    with pytest.raises(AuthorizationRequestUnknown):
        await stage.back(stage.ana, returned)


async def test_it_is_logged_once_without_the_secret(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    site.break_tokens()
    with caplog.at_level(logging.DEBUG):
        for _ in range(3):
            await site.board(site.stage.admin)
    said = [record.getMessage() for record in caplog.records if "cannot decrypt" in record.getMessage()]
    assert len(said) == 1
    assert "altered" in said[0]
