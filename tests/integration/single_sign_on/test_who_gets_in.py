"""Which account a person of the identity provider signs in to, and who is refused."""

import pytest

from domain.accounts.account import Role
from domain.accounts.sign_in_method import SignInMethod
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.security.event import EventKind, EventOutcome
from tests.integration.single_sign_on.stage import SETTING, Stage, refusal


async def test_a_person_is_linked_once_and_signs_in_again(stage: Stage) -> None:
    await stage.ready()
    for _ in range(2):
        answer = await stage.sign_in("bor")
        assert answer.status_code == 201, answer.text
        assert await stage.signed_in() == "Bor"
        stage.fresh_browser()
    state = stage.app.database.state
    assert [(key[1], one.subject) for key, one in state.identity_links.items()] == [(stage.bor.id, "bor")]
    methods = [one.method for one in state.login_sessions.values() if one.account_id == stage.bor.id]
    assert methods == [SignInMethod.SINGLE_SIGN_ON] * 2
    assert await stage.events(EventKind.IDENTITY_LINKED) == [(EventOutcome.SUCCEEDED, stage.bor.id)]
    assert await stage.events(EventKind.SINGLE_SIGN_ON) == [(EventOutcome.SUCCEEDED, stage.bor.id)] * 2


REFUSED = {
    "unverified": "address_not_verified",
    "silent": "address_not_verified",
    "addressless": "address_not_verified",
    "foreign": "domain_not_allowed",
    "unknown": "no_account",
    "zala": "no_account",  # signs in to another practice
}


@pytest.mark.parametrize("sub", REFUSED)
async def test_who_is_refused(stage: Stage, sub: str) -> None:
    await stage.app.found("Another practice", "Zala")
    await stage.ready()
    answer = await stage.sign_in(sub)
    assert refusal(answer) == (403, "identity_refused", REFUSED[sub])
    assert await stage.signed_in() is None
    assert stage.app.database.state.identity_links == {}
    assert await stage.events(EventKind.SINGLE_SIGN_ON) == [(EventOutcome.REFUSED, None)]


async def test_after_a_refusal_another_person_can_sign_in_there(stage: Stage) -> None:
    """The provider is signed in as the first one; `anew` makes it ask."""
    await stage.ready()
    address = (await stage.app.api("POST", stage.place, params={"anew": "true"})).json()["address"]
    assert {"prompt=login", "max_age=0"} <= set(address.partition("?")[2].split("&"))
    assert (await stage.complete(await stage.provider.sign_in(address, "bor"))).status_code == 201
    assert "prompt" not in await stage.begin()


async def test_an_ended_account_is_refused_like_an_unknown_one(stage: Stage) -> None:
    await stage.ready()
    await stage.sign_in("bor")
    await stage.app.container.end_account()(stage.ana, stage.bor.id, MeetingsOnDisconnect.KEEP)
    assert await stage.signed_in() is None
    ended, unknown = await stage.sign_in("bor"), await stage.sign_in("unknown")
    assert refusal(ended) == refusal(unknown) == (403, "identity_refused", "no_account")
    assert stage.app.database.state.identity_links == {}


async def test_a_link_moves_neither_to_another_subject_nor_to_another_account(stage: Stage) -> None:
    await stage.ready()
    await stage.sign_in("bor")
    assert refusal(await stage.sign_in("bor the second")) == (403, "identity_refused", "other_person")
    # The provider's person gets another address, that of a colleague; the subject stays with the account.
    dora = await stage.app.add_people("Dora", Role.CONSULTANT, organization=stage.organization)
    links = stage.app.database.state.identity_links
    assert [key[1] for key in links] == [stage.bor.id]
    assert dora.id not in [key[1] for key in links]


async def test_an_admin_removes_a_link_and_the_next_sign_in_makes_a_new_one(stage: Stage) -> None:
    await stage.ready()
    await stage.sign_in("bor")
    stage.fresh_browser()
    await stage.by_password(stage.ana)
    shown = (await stage.app.api("GET", SETTING)).json()
    assert [one["account_id"] for one in shown["linked"]] == [str(stage.bor.id)]
    assert (await stage.app.api("DELETE", f"{SETTING}/links/{stage.bor.id}")).status_code == 204
    assert await stage.events(EventKind.IDENTITY_UNLINKED) == [(EventOutcome.SUCCEEDED, stage.bor.id)]
    stage.fresh_browser()
    assert (await stage.sign_in("bor the second")).status_code == 201
    assert [one.subject for one in stage.app.database.state.identity_links.values()] == ["bor the second"]


async def test_another_issuer_and_a_removal_end_all_links(stage: Stage) -> None:
    await stage.ready()
    await stage.sign_in("bor")
    stage.fresh_browser()
    await stage.by_password(stage.ana)
    assert (await stage.app.api("DELETE", SETTING)).status_code == 204
    assert stage.app.database.state.identity_links == {}
    assert (await stage.app.api("GET", stage.place)).status_code == 404
    assert (await stage.app.api("POST", stage.place)).status_code == 404
