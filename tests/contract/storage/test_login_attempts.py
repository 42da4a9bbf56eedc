"""What every storage of tries and known browsers promises."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.accounts.gcra import GcraState
from domain.accounts.known_browser import KnownBrowser
from domain.errors import NotFound
from tests.contract.storage.practice import HOUR, NOW, Practice, Storage


async def _tries(storage: Storage, *keys: bytes) -> dict[bytes, GcraState]:
    async with storage.begin() as work:
        return {one.key: one for one in await work.login_attempts.to_count(keys)}


async def test_what_was_never_tried_is_untried(storage: Storage) -> None:
    assert await _tries(storage, b"a", b"b", b"a") == {b"a": GcraState(b"a"), b"b": GcraState(b"b")}


async def test_tries_are_kept_when_they_are_committed(storage: Storage) -> None:
    async with storage.begin() as work:
        await work.login_attempts.to_count([b"b", b"a"])
        await work.login_attempts.save([GcraState(b"a", NOW), GcraState(b"b", NOW + HOUR)])
        await work.commit()
    async with storage.begin() as work:
        await work.login_attempts.to_count([b"a"])
        await work.login_attempts.save([GcraState(b"a", NOW + 9 * HOUR)])
    assert await _tries(storage, b"a", b"b") == {b"a": GcraState(b"a", NOW), b"b": GcraState(b"b", NOW + HOUR)}


async def test_of_many_at_once_each_is_counted(storage: Storage) -> None:
    """In whatever order they name the places, and though nobody tried there before."""

    async def count(*keys: bytes) -> None:
        async with storage.begin() as work:
            found = await work.login_attempts.to_count(keys)
            await asyncio.sleep(0)
            later = [replace(one, forgotten_at=(one.forgotten_at or NOW) + HOUR) for one in found]
            await work.login_attempts.save(later)
            await work.commit()

    await asyncio.gather(*(count(b"a", b"b") for _ in range(10)), *(count(b"b", b"a") for _ in range(10)))
    counted = await _tries(storage, b"a", b"b")
    assert {one.forgotten_at for one in counted.values()} == {NOW + 20 * HOUR}


async def test_forgotten_tries_are_removed(storage: Storage) -> None:
    async with storage.begin() as work:
        await work.login_attempts.to_count([b"old", b"new"])
        await work.login_attempts.save([GcraState(b"old", NOW), GcraState(b"new", NOW + HOUR)])
        assert await work.login_attempts.remove_forgotten_before(NOW + HOUR, most=9) == 1
        assert {one.forgotten_at for one in await work.login_attempts.to_count([b"old", b"new"])} == {None, NOW + HOUR}


def _known(practice: Practice, token: bytes = b"token") -> KnownBrowser:
    return KnownBrowser(practice.id, token, practice.ana.id, NOW)


async def test_a_browser_knows_several_people(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    ana = _known(practice)
    bor = replace(ana, account_id=practice.bor.id, used_at=NOW + HOUR)
    async with storage.begin() as work:
        for one in (ana, replace(ana, used_at=NOW + HOUR), bor):
            await work.known_browsers.save(one)
        found = await work.known_browsers.of_token(practice.id, b"token")
        assert {one.account_id: one for one in found} == {
            practice.ana.id: replace(ana, used_at=NOW + HOUR),
            practice.bor.id: bor,
        }
        assert await work.known_browsers.of_token(practice.id, b"other") == []
        assert await work.known_browsers.of_token(other_practice.id, b"token") == []


async def test_a_new_token_replaces_the_old_one_for_everybody(storage: Storage, practice: Practice) -> None:
    ana = _known(practice)
    bor = replace(ana, account_id=practice.bor.id)
    async with storage.begin() as work:
        await work.known_browsers.save(ana)
        await work.known_browsers.save(bor)
        await work.known_browsers.give_token(practice.id, b"token", b"new")
        await work.known_browsers.give_token(practice.id, b"nothing", b"other")
        assert await work.known_browsers.of_token(practice.id, b"token") == []
        found = await work.known_browsers.of_token(practice.id, b"new")
        assert set(found) == {replace(ana, token_hash=b"new"), replace(bor, token_hash=b"new")}


async def test_known_browsers_of_a_person_and_old_ones_are_removed(storage: Storage, practice: Practice) -> None:
    ana = _known(practice)
    async with storage.begin() as work:
        for one in (ana, replace(ana, token_hash=b"2"), replace(ana, account_id=practice.bor.id)):
            await work.known_browsers.save(one)
        await work.known_browsers.save(replace(ana, token_hash=b"3", account_id=practice.bor.id, used_at=NOW - HOUR))
        assert await work.known_browsers.remove_used_before(NOW, most=9) == 1
        assert await work.known_browsers.any_of_account(practice.id, practice.ana.id)
        assert await work.known_browsers.remove_of_account(practice.id, practice.ana.id) == 2
        assert not await work.known_browsers.any_of_account(practice.id, practice.ana.id)
        assert await work.known_browsers.of_token(practice.id, b"token") == [replace(ana, account_id=practice.bor.id)]


async def test_a_known_browser_needs_its_account(storage: Storage, practice: Practice) -> None:
    async with storage.begin() as work:
        with pytest.raises(NotFound, match="account"):
            await work.known_browsers.save(replace(_known(practice), account_id=uuid4()))


async def test_whether_a_password_is_still_held(storage: Storage, practice: Practice) -> None:
    async with storage.begin() as work:
        assert await work.people.holds_password(practice.ana, "a hash")
        assert not await work.people.holds_password(practice.ana, "another hash")
        assert not await work.people.holds_password(replace(practice.ana, id=uuid4()), "a hash")


async def test_a_password_that_is_held_changes_only_afterwards(storage: Storage, practice: Practice) -> None:
    """So that whoever signs in with the old one is signed out by the change."""
    order = []
    held, changed = asyncio.Event(), asyncio.Event()

    async def log_in() -> None:
        async with storage.begin() as work:
            assert await work.people.holds_password(practice.ana, "a hash")
            held.set()
            with suppress(TimeoutError):  # as long as it would take, if nothing held it back
                await asyncio.wait_for(changed.wait(), 1)
            order.append("signed in")
            await work.commit()

    async def change() -> None:
        await held.wait()
        async with storage.begin() as work:
            await work.people.set_password(practice.ana, "new")
            order.append("changed")
            changed.set()
            await work.commit()

    async with asyncio.timeout(30):
        await asyncio.gather(log_in(), change())
    assert order == ["signed in", "changed"]


async def test_who_waits_for_a_change_sees_it(storage: Storage, practice: Practice) -> None:
    changed = asyncio.Event()

    async def change() -> None:
        async with storage.begin() as work:
            await work.people.set_password(practice.ana, "new")
            changed.set()
            await asyncio.sleep(0.1)
            await work.commit()

    async def holds() -> bool:
        await changed.wait()
        async with storage.begin() as work:
            return await work.people.holds_password(practice.ana, "a hash")

    async with asyncio.timeout(20):
        assert (await asyncio.gather(change(), holds()))[1] is False


def test_a_known_browser_is_known_for_a_time(practice: Practice) -> None:
    one = _known(practice)
    assert one.knows(practice.ana.id, now=NOW + timedelta(days=179))
    assert not one.knows(practice.bor.id, now=NOW)
    assert not one.knows(practice.ana.id, now=NOW + timedelta(days=180))
