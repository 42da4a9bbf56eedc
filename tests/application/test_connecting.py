"""The authorization redirect and the callback: which account is bound to whom, and which never is."""

import asyncio
from datetime import timedelta

import pytest

from adapters.in_memory.provider.fault import Fault
from application.connection.complete_connection import AuthorizationResponse
from application.connection.connect_provider import UnfinishedForm
from domain.accounts.account import Role
from domain.booking.edits import Edits
from domain.connection.connection import ConnectionStatus
from domain.connection.errors import (
    AuthorizationRequestExpired,
    AuthorizationRequestUnknown,
    AuthorizationRequestUsed,
    ConnectionNeed,
    ConnectionNeeded,
    ConsentDeclined,
    ConsentUnfinished,
    OtherProviderAccount,
    ProviderAccountTaken,
    ScopesMissing,
)
from domain.errors import NotFound
from domain.provider_errors import NeedsConsultant
from tests.application.stage import NORTH, SOUTH, Stage, state_of

FORM = UnfinishedForm('{"title": "Talk"}')


async def test_the_way_there_and_back_binds_the_account_and_keeps_the_form(stage: Stage) -> None:
    user = stage.at_provider("Ana")
    redirect = await stage.depart(stage.ana, form=FORM)
    connected = await stage.back(stage.ana, stage.approved(redirect, user))
    assert (connected.account, connected.label, connected.draft_id) == (user, "North", redirect.draft_id)
    assert redirect.draft_id
    assert (await stage.use.save_draft().find(stage.ana, redirect.draft_id)).form == FORM.text


async def test_people_who_hold_no_sessions_do_not_connect(stage: Stage) -> None:
    with pytest.raises(NotFound):
        await stage.depart(stage.admin)


async def test_a_state_serves_only_who_asked_for_it_in_their_browser_at_that_provider(stage: Stage) -> None:
    elsewhere, _ = await stage.harness.found("Elsewhere", "Yuri")
    stranger = await stage.harness.add_people("Sana", Role.CONSULTANT, organization=elsewhere)
    user = stage.at_provider("Mallory")
    returned = stage.approved(await stage.depart(stage.ana), user)
    for who, browser, provider in [
        (stage.bor, b"browser", NORTH),
        (stage.ana, b"another", NORTH),
        (stranger, b"browser", NORTH),
        (stage.ana, b"browser", SOUTH),
    ]:
        with pytest.raises(AuthorizationRequestUnknown):
            await stage.back(who, returned, provider, browser)
    connected = await stage.back(stage.ana, returned)  # none of these attempts used it up
    assert connected.account == user


@pytest.mark.parametrize("state", ["", "x", f"{'0' * 32}.{'a' * 43}", "." * 76])
async def test_an_invented_state_is_unknown(stage: Stage, state: str) -> None:
    with pytest.raises(AuthorizationRequestUnknown):
        await stage.back(stage.ana, AuthorizationResponse(state, "code"))


async def test_a_return_serves_once_and_its_repetition_still_finds_the_form(stage: Stage) -> None:
    user = stage.at_provider("Ana")
    redirect = await stage.depart(stage.ana, form=FORM)
    returned = stage.approved(redirect, user)
    await stage.back(stage.ana, returned)
    with pytest.raises(AuthorizationRequestUsed) as failure:
        await stage.back(stage.ana, returned)
    assert failure.value.data["draft_id"] == str(redirect.draft_id)


async def test_two_equal_returns_at_once_ask_the_provider_once(stage: Stage) -> None:
    returned = stage.approved(await stage.depart(stage.ana), stage.at_provider("Ana"))
    outcomes = await asyncio.gather(*(stage.back(stage.ana, returned) for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(one, AuthorizationRequestUsed) for one in outcomes) == 4


async def test_an_attempt_expires_and_still_finds_the_form(stage: Stage) -> None:
    redirect = await stage.depart(stage.ana, form=FORM)
    returned = stage.approved(redirect, stage.at_provider("Ana"))
    stage.move(timedelta(minutes=10))
    with pytest.raises(AuthorizationRequestExpired) as failure:
        await stage.back(stage.ana, returned)
    assert failure.value.data["draft_id"] == str(redirect.draft_id)
    assert await stage.connection(stage.ana) is None


async def test_after_signing_in_again_the_attempt_is_void_but_the_form_is_found(stage: Stage) -> None:
    redirect = await stage.depart(stage.ana, form=FORM)
    with pytest.raises(AuthorizationRequestUnknown) as failure:
        await stage.back(stage.ana, stage.approved(redirect, stage.at_provider("Ana")), browser=b"later")
    assert failure.value.data["draft_id"] == str(redirect.draft_id)
    with pytest.raises(AuthorizationRequestUnknown) as failure:
        await stage.back(stage.bor, stage.approved(redirect, stage.at_provider("Bor")))
    assert "draft_id" not in failure.value.data  # the form belongs to its owner only


@pytest.mark.parametrize(
    ("error", "code", "kind"),
    [
        ("access_denied", None, ConsentDeclined),
        ("access_denied", "code", ConsentDeclined),
        ("server_error", None, ConsentUnfinished),
        (None, None, ConsentUnfinished),
        (None, "", ConsentUnfinished),
        (None, "wrong", ConsentUnfinished),
    ],
)
async def test_a_return_without_consent_says_so_and_keeps_the_form(
    stage: Stage, error: str | None, code: str | None, kind: type
) -> None:
    redirect = await stage.depart(stage.ana, form=FORM)
    with pytest.raises(kind) as failure:
        await stage.back(stage.ana, AuthorizationResponse(state_of(redirect), code, error))
    assert failure.value.data["draft_id"] == str(redirect.draft_id)  # type: ignore[attr-defined]
    assert await stage.connection(stage.ana) is None


@pytest.mark.parametrize(("operation", "times"), [("exchange", 1), ("current_user", 4)])
async def test_an_answer_lost_on_the_way_back_binds_nothing_and_a_second_try_works(
    stage: Stage, operation: str, times: int
) -> None:
    user = stage.at_provider("Ana")
    for _ in range(times):
        stage.world.strike(operation, Fault.LOST_ANSWER)
    with pytest.raises(ConsentUnfinished):
        await stage.back(stage.ana, stage.approved(await stage.depart(stage.ana), user))
    assert await stage.connection(stage.ana) is None
    await stage.connect(stage.ana, user=user)
    found = await stage.connection(stage.ana)
    assert found is not None
    assert found.usable


async def test_a_passing_silence_while_reconnecting_harms_nobody(stage: Stage) -> None:
    """The new consent has already ended the earlier one, so a lost answer must not discard it."""
    user = await stage.connect(stage.ana)
    stage.world.strike("current_user", Fault.DOWN, times=3)
    await stage.connect(stage.ana, user=user)
    booking_id = await stage.book(stage.ana)
    assert (await stage.view(booking_id)).meeting.status == "ready"


async def test_a_colleagues_account_is_refused_and_the_colleague_keeps_working(stage: Stage) -> None:
    """The second consent invalidated the colleague's tokens, so the colleague's connection gets the new ones."""
    user = await stage.connect(stage.bor)
    with pytest.raises(ProviderAccountTaken):
        await stage.connect(stage.ana, user=user)
    assert await stage.connection(stage.ana) is None
    booking_id = await stage.book(stage.bor)
    assert (await stage.view(booking_id)).meeting.status == "ready"
    assert "revoke" not in stage.world.calls_of(user.user_id)


async def test_an_account_of_a_colleague_who_has_to_reconnect_is_given_back(stage: Stage) -> None:
    user = await stage.connect(stage.bor)
    await _end(stage)
    with pytest.raises(ProviderAccountTaken):
        await stage.connect(stage.ana, user=user)
    assert user.user_id not in stage.world.token_sets


async def _end(stage: Stage) -> None:
    """Calendra finds that Bor's authorization has ended."""
    stage.move(timedelta(hours=2))
    stage.world.strike("refresh", Fault.REVOKED)
    with pytest.raises(NeedsConsultant):
        await stage.use.access_tokens().use(stage.host(stage.bor), stage.provider(NORTH).oauth.current_user)


async def test_reconnecting_means_the_same_account_and_the_other_one_is_given_back(stage: Stage) -> None:
    user, other = await stage.connect(stage.ana), stage.at_provider("Ana2")
    with pytest.raises(OtherProviderAccount) as failure:
        await stage.connect(stage.ana, user=other)
    assert user.email in failure.value.next
    assert other.user_id not in stage.world.token_sets
    booking_id = await stage.book(stage.ana)
    assert (await stage.view(booking_id)).meeting.status == "ready"


async def test_missing_permissions_are_named_and_nothing_is_kept(stage: Stage) -> None:
    user = stage.at_provider("Ana")
    redirect = await stage.depart(stage.ana, form=FORM)
    with pytest.raises(ScopesMissing) as failure:
        await stage.back(stage.ana, stage.approved(redirect, user, without="meetings.read"))
    assert failure.value.data["scopes"] == ["meetings.read"]
    assert await stage.connection(stage.ana) is None
    assert user.user_id not in stage.world.token_sets


async def test_consenting_again_to_less_is_told_as_what_it_is(stage: Stage) -> None:
    """The earlier, fuller consent is invalid by then: the connection needs reconnecting; new sessions are refused."""
    user = await stage.connect(stage.ana)
    with pytest.raises(ScopesMissing):
        await stage.back(stage.ana, stage.approved(await stage.depart(stage.ana), user, without="meetings.read"))
    found = await stage.connection(stage.ana)
    assert found is not None
    assert (found.status, found.refresh_failure) == (ConnectionStatus.NEEDS_RECONNECTING, "scope_missing")
    with pytest.raises(ConnectionNeeded) as refusal:
        await stage.book(stage.ana)
    assert refusal.value.data["need"] is ConnectionNeed.NEEDS_RECONNECTING
    await stage.connect(stage.ana, user=user)
    booking_id = await stage.book(stage.ana)
    assert (await stage.view(booking_id)).meeting.status == "ready"


async def test_reconnecting_wakes_what_waited_for_it(stage: Stage) -> None:
    user = await stage.connect(stage.bor)
    booking_id = await stage.book(stage.bor)
    await _end(stage)
    edits = stage.use.edit_booking()
    await edits(stage.bor, booking_id, Edits(title="New"), expected_version=None)
    assert (await stage.view(booking_id)).meeting.waits_for == stage.bor.id
    await stage.connect(stage.bor, user=user)
    await stage.work()
    assert (await stage.view(booking_id)).meeting.status == "ready"
    assert [kept.details.topic for kept in stage.meetings(user)] == ["New"]


async def test_a_session_that_finds_the_consent_gone_while_the_consultant_reconnects_is_not_left_waiting(
    stage: Stage,
) -> None:
    """Connecting resumes waiting bookings; this booking begins to wait a moment later."""
    user = await stage.connect(stage.ana)
    stage.move(timedelta(hours=2))
    stage.world.remove_app(user.user_id)
    hold, saving = await stage.paused("refresh", stage.book(stage.ana))
    redirect = await stage.depart(stage.ana)
    connecting = stage.approved(redirect, user)
    hold.release()
    booking_id, _ = await asyncio.gather(saving, stage.back(stage.ana, connecting))
    await stage.work(timedelta(minutes=1))
    assert (await stage.view(booking_id)).meeting.status == "ready"
    assert len(stage.meetings(user)) == 1


async def test_a_missing_permission_that_came_while_it_was_missed_is_not_waited_for(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.world.strike("create", Fault.SCOPE_MISSING)
    hold, saving = await stage.paused("create", stage.book(stage.ana))
    stage.move(timedelta(seconds=1))
    await stage.connect(stage.ana, user=user)
    hold.release()
    booking_id = await saving
    await stage.work(timedelta(seconds=5))
    assert (await stage.view(booking_id)).meeting.status == "ready"


async def test_a_permission_missing_right_after_connecting_is_named_at_once(stage: Stage) -> None:
    """The authorization is older than the call, so it does not resolve the failure."""
    await stage.connect(stage.ana)
    stage.move(timedelta(seconds=1))
    stage.world.strike("create", Fault.SCOPE_MISSING)
    meeting = (await stage.view(await stage.book(stage.ana))).meeting
    assert (meeting.reason, meeting.detail) == ("scope_missing", "meetings.write")


async def test_a_reconnected_one_is_connected(stage: Stage) -> None:
    user = await stage.connect(stage.bor)
    await _end(stage)
    await stage.connect(stage.bor, user=user)
    again = await stage.connection(stage.bor)
    assert again is not None
    assert again.status is ConnectionStatus.CONNECTED
