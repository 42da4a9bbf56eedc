"""What every storage of people promises."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.accounts.account import Account
from domain.accounts.device import Device
from domain.accounts.login_session import IdleMinutes, LoginSession
from domain.errors import Invalid, NotFound
from domain.language import Language
from tests.contract.storage.practice import NOW, ZONE, Practice, Storage


async def test_an_account_comes_back(storage: Storage, practice: Practice) -> None:
    async with storage.begin() as work:
        assert await work.people.account(practice.id, practice.ana.id) == practice.ana
        assert await work.people.account(uuid4(), practice.ana.id) is None
        assert await work.people.account_by_email(practice.admin.email) == (practice.admin, "a hash")
        assert await work.people.account_by_email("nobody@example.com") is None


async def test_an_organization_comes_back(storage: Storage, practice: Practice) -> None:
    async with storage.begin() as work:
        assert await work.people.organization(practice.id) == practice.organization
        assert await work.people.organization(uuid4()) is None


async def test_several_accounts_come_back(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    wanted = {practice.ana.id, practice.admin.id, other_practice.ana.id, uuid4()}
    async with storage.begin() as work:
        found = await work.people.accounts(practice.id, wanted)
        assert sorted(found, key=lambda one: one.name) == [practice.ana, practice.admin]
        assert await work.people.accounts(practice.id, set()) == []


async def test_preferences_are_kept_and_seen_at_once_by_who_is_signed_in(storage: Storage, practice: Practice) -> None:
    log_in = await _signed_in(storage, practice)
    assert await storage.login_sessions.account(practice.id, log_in.token_hash) == (log_in, practice.ana)
    changed = replace(practice.ana, name="Ana N.", zone="Europe/Zagreb", language=Language.SLOVENE)
    async with storage.begin() as work:
        await work.people.save_preferences(replace(changed, email="not@a.preference", roles=frozenset()))
        await work.commit()
    assert await storage.login_sessions.account(practice.id, log_in.token_hash) == (log_in, changed)
    async with storage.begin() as work:
        assert await work.people.account_by_email(practice.ana.email) == (changed, "a hash")
        assert await work.people.consultants(practice.id) == [changed, practice.bor]
        await work.people.save_preferences(practice.ana)
        assert await work.people.account(practice.id, practice.ana.id) == practice.ana


async def test_an_address_signs_in_one_person_only(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    twin = replace(other_practice.ana, id=uuid4(), email=practice.ana.email)
    async with storage.begin() as work:
        with pytest.raises(Invalid) as refusal:
            await work.people.add_account(twin, "a hash")
        assert refusal.value.field == "email"
        assert await work.people.account(other_practice.id, twin.id) is None
        assert await work.people.account_by_email(practice.ana.email) == (practice.ana, "a hash")


async def test_of_two_who_take_an_address_at_once_one_gets_it(storage: Storage, practice: Practice) -> None:
    async def add() -> None:
        account = replace(practice.ana, id=uuid4(), email="new@example.com")
        async with storage.begin() as work:
            await work.people.add_account(account, "a hash")
            await work.commit()

    results = await asyncio.gather(add(), add(), add(), return_exceptions=True)
    assert sorted(str(type(result).__name__) for result in results) == ["Invalid", "Invalid", "NoneType"]


async def test_consultants_come_by_name(storage: Storage, practice: Practice) -> None:
    async with storage.begin() as work:
        assert await work.people.consultants(practice.id) == [practice.ana, practice.bor]


async def test_an_account_needs_its_organization(storage: Storage) -> None:
    nobody = Account(uuid4(), uuid4(), "x@example.com", "X", frozenset(), ZONE)
    async with storage.begin() as work:
        with pytest.raises(NotFound, match="practice"):
            await work.people.add_account(nobody, "a hash")


async def _signed_in(storage: Storage, practice: Practice, token: bytes = b"t" * 32) -> LoginSession:
    log_in = LoginSession.begin(practice.id, token, practice.ana.id, now=NOW)
    async with storage.begin() as work:
        await work.login_sessions.add(log_in)
        await work.commit()
    return log_in


async def test_a_sign_in_comes_back_with_its_account(storage: Storage, practice: Practice) -> None:
    log_in = await _signed_in(storage, practice)
    async with storage.begin() as work:
        assert await work.login_sessions.account(practice.id, log_in.token_hash) == (log_in, practice.ana)
        assert await work.login_sessions.account(uuid4(), log_in.token_hash) is None
        assert await work.login_sessions.account(practice.id, b"other") is None


async def _sign_out(storage: Storage, organization_id: UUID, token: bytes) -> None:
    async with storage.begin() as work:
        await work.login_sessions.remove(organization_id, token)
        await work.commit()


async def test_the_lookup_knows_who_is_signed_in_and_forgets_at_once(storage: Storage, practice: Practice) -> None:
    log_in, other = await _signed_in(storage, practice), await _signed_in(storage, practice, b"o" * 32)
    lookup = storage.login_sessions
    for _ in range(3):
        assert await lookup.account(practice.id, log_in.token_hash) == (log_in, practice.ana)
    assert await lookup.account(uuid4(), log_in.token_hash) is None
    await _sign_out(storage, practice.id, log_in.token_hash)
    assert await lookup.account(practice.id, log_in.token_hash) is None
    assert await lookup.account(practice.id, other.token_hash) == (other, practice.ana)


async def test_a_login_session_has_the_idle_time_of_its_practice(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    quick = replace(practice.organization, idle_minutes=IdleMinutes.QUARTER)
    async with storage.begin() as work:
        await work.people.save_organization(quick)
        await work.commit()
    async with storage.begin() as work:
        assert await work.people.organization(practice.id) == quick
        assert await work.people.organization(other_practice.id) == other_practice.organization
    here, there = await _signed_in(storage, practice), await _signed_in(storage, other_practice)
    for log_in, minutes in ((here, IdleMinutes.QUARTER), (there, IdleMinutes.WEEK)):
        found = await storage.login_sessions.account(log_in.organization_id, log_in.token_hash)
        assert found
        assert found[0] == replace(log_in, idle_minutes=minutes)
        async with storage.begin() as work:
            stored = await work.login_sessions.account(log_in.organization_id, log_in.token_hash)
            assert stored == found
            assert await work.login_sessions.of_account(log_in.organization_id, log_in.account_id) == [found[0]]


async def test_an_undone_sign_out_signs_nobody_out(storage: Storage, practice: Practice) -> None:
    log_in = await _signed_in(storage, practice)
    async with storage.begin() as work:
        await work.login_sessions.remove(practice.id, log_in.token_hash)
    assert await storage.login_sessions.account(practice.id, log_in.token_hash) == (log_in, practice.ana)


async def test_ended_sign_ins_are_removed(storage: Storage, practice: Practice) -> None:
    old = LoginSession.begin(practice.id, b"old", practice.ana.id, now=NOW - timedelta(days=20))
    async with storage.begin() as work:
        await work.login_sessions.add(replace(old, used_at=NOW))
        await work.login_sessions.add(replace(old, token_hash=b"unused", made_at=NOW))
        await work.login_sessions.add(replace(old, token_hash=b"new", made_at=NOW, used_at=NOW))
        assert await work.login_sessions.remove_made_before(NOW, most=9) == 1
        assert await work.login_sessions.remove_unused_since(NOW, most=9) == 1
        assert await work.login_sessions.account(practice.id, b"old") is None
        assert await work.login_sessions.account(practice.id, b"unused") is None
        assert await work.login_sessions.account(practice.id, b"new") is not None


async def test_a_use_is_noted_and_seen_at_once(storage: Storage, practice: Practice) -> None:
    log_in = await _signed_in(storage, practice)
    used = replace(log_in, used_at=NOW + timedelta(days=2))
    async with storage.begin() as work:
        await work.login_sessions.note_use(used)
        await work.login_sessions.note_use(replace(used, token_hash=b"ended"))
        assert await work.login_sessions.account(practice.id, b"ended") is None
        await work.commit()
    assert await storage.login_sessions.account(practice.id, log_in.token_hash) == (used, practice.ana)


async def test_a_proof_is_noted_and_seen_at_once(storage: Storage, practice: Practice) -> None:
    log_in = await _signed_in(storage, practice)
    assert await storage.login_sessions.account(practice.id, log_in.token_hash) == (log_in, practice.ana)
    proved = log_in.proved(NOW + timedelta(hours=1))
    async with storage.begin() as work:
        await work.login_sessions.note_proof(proved)
        await work.login_sessions.note_proof(replace(proved, token_hash=b"ended"))
        assert await work.login_sessions.account(practice.id, b"ended") is None
        await work.commit()
    assert await storage.login_sessions.account(practice.id, log_in.token_hash) == (proved, practice.ana)


async def test_the_log_ins_of_a_person_the_last_used_first(storage: Storage, practice: Practice) -> None:
    device = Device("Firefox", "Windows", "192.0.2.1")
    first = await _signed_in(storage, practice)
    second = LoginSession.begin(practice.id, b"2" * 32, practice.ana.id, now=NOW + timedelta(hours=1), device=device)
    second = replace(second, new_browser=True)
    async with storage.begin() as work:
        await work.login_sessions.add(second)
        await work.login_sessions.add(LoginSession.begin(practice.id, b"3" * 32, practice.bor.id, now=NOW))
        await work.commit()
    assert await storage.login_sessions.account(practice.id, second.token_hash) == (second, practice.ana)
    async with storage.begin() as work:
        assert await work.login_sessions.of_account(practice.id, practice.ana.id) == [second, first]
        assert await work.login_sessions.of_account(uuid4(), practice.ana.id) == []
        await work.login_sessions.acknowledge(second)
        await work.commit()
    known = replace(second, new_browser=False)
    assert await storage.login_sessions.account(practice.id, second.token_hash) == (known, practice.ana)


async def test_signed_out_everywhere_but_here(storage: Storage, practice: Practice) -> None:
    here = await _signed_in(storage, practice)
    there = replace(here, token_hash=b"there" * 5)
    async with storage.begin() as work:
        await work.login_sessions.add(there)
        await work.commit()
    assert await storage.login_sessions.account(practice.id, there.token_hash)
    async with storage.begin() as work:
        assert await work.login_sessions.remove_of_account(practice.id, practice.ana.id, but=here.token_hash) == 1
        await work.commit()
    assert await storage.login_sessions.account(practice.id, there.token_hash) is None
    assert await storage.login_sessions.account(practice.id, here.token_hash) == (here, practice.ana)


async def test_a_new_password_and_signed_out_everywhere(storage: Storage, practice: Practice) -> None:
    async with storage.begin() as work:
        for token in (b"1" * 32, b"2" * 32):
            await work.login_sessions.add(LoginSession.begin(practice.id, token, practice.ana.id, now=NOW))
        await work.login_sessions.add(LoginSession.begin(practice.id, b"3" * 32, practice.bor.id, now=NOW))
        await work.commit()
    async with storage.begin() as work:
        await work.people.set_password(practice.ana, "another hash")
        assert await work.login_sessions.remove_of_account(practice.id, practice.ana.id) == 2
        await work.commit()
    async with storage.begin() as work:
        assert await work.people.account_by_email(practice.ana.email) == (practice.ana, "another hash")
        assert await work.login_sessions.account(practice.id, b"1" * 32) is None
        assert await work.login_sessions.account(practice.id, b"3" * 32) is not None


async def test_an_ended_account_stays_in_lists_of_names_and_nowhere_else(storage: Storage, practice: Practice) -> None:
    ended = replace(practice.ana, ended_at=NOW)
    log_in = LoginSession.begin(practice.id, b"1" * 32, practice.ana.id, now=NOW)
    async with storage.begin() as work:
        await work.login_sessions.add(log_in)
        await work.commit()
    assert await storage.login_sessions.account(practice.id, log_in.token_hash) == (log_in, practice.ana)
    async with storage.begin() as work:
        await work.people.save_ending(replace(ended, name="only the end is saved"))
        await work.commit()
    assert await storage.login_sessions.account(practice.id, log_in.token_hash) is None
    async with storage.begin() as work:
        assert await work.login_sessions.account(practice.id, log_in.token_hash) is None
        assert await work.people.account_by_email(ended.email) is None
        assert await work.people.person_by_email(ended.email) == ended
        assert not await work.people.holds_password(practice.ana, "a hash")
        assert await work.people.consultants(practice.id) == [practice.bor]
        assert await work.people.everybody(practice.id) == [ended, practice.bor, practice.admin]
        assert list(await work.people.accounts(practice.id, [ended.id])) == [ended]
        with pytest.raises(Invalid):
            await work.people.add_account(replace(practice.ana, id=uuid4()), "a hash")


async def test_a_restored_account_signs_in_with_a_new_password_only(storage: Storage, practice: Practice) -> None:
    async with storage.begin() as work:
        await work.people.save_ending(replace(practice.ana, ended_at=NOW))
        await work.people.save_ending(practice.ana)
        assert await work.people.account_by_email(practice.ana.email) is None, "the old password is void"
        assert await work.people.consultants(practice.id) == [practice.ana, practice.bor]
        await work.people.set_password(practice.ana, "another hash")
        assert await work.people.account_by_email(practice.ana.email) == (practice.ana, "another hash")
        await work.commit()


async def test_the_last_sign_in_is_noted_to_the_hour(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    async with storage.begin() as work:
        assert await work.people.last_logins(practice.id) == {}
        for minutes in (5, 65, 70):
            made_at = NOW + timedelta(minutes=minutes)
            await work.login_sessions.add(
                LoginSession.begin(practice.id, bytes([minutes]) * 32, practice.ana.id, now=made_at)
            )
        await work.commit()
    async with storage.begin() as work:
        await work.login_sessions.remove_of_account(practice.id, practice.ana.id)
        await work.people.set_password(practice.ana, "another hash")
        assert await work.people.last_logins(practice.id) == {practice.ana.id: NOW + timedelta(hours=1)}
        assert await work.people.last_logins(other_practice.id) == {}


async def test_an_erased_account_is_returned_by_nothing_and_its_address_is_free(
    storage: Storage, practice: Practice
) -> None:
    ended = replace(practice.ana, ended_at=NOW)
    async with storage.begin() as work:
        await work.people.save_ending(ended)
        await work.people.save_erasure(ended.erase(coming=0))
        await work.commit()
    async with storage.begin() as work:
        assert await work.people.account(practice.id, practice.ana.id) is None
        assert await work.people.account_to_assign(practice.id, practice.ana.id) is None
        assert await work.people.accounts(practice.id, [practice.ana.id]) == []
        assert await work.people.person_by_email(practice.ana.email) is None
        assert practice.ana.id not in {one.id for one in await work.people.everybody(practice.id)}
        assert practice.ana.id not in {one.id for one in await work.people.everybody_to_change(practice.id)}
        again = replace(practice.ana, id=uuid4(), name="Ana the second")
        await work.people.add_account(again, "a hash")
        assert await work.people.person_by_email(practice.ana.email) == again
