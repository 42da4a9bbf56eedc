"""Attempts, drafts and personal links."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.booking.draft import Draft
from domain.connection.authorization_request import AuthorizationRequest
from domain.connection.connect_link import ConnectLink
from domain.errors import NotFound
from tests.contract.storage.practice import HOUR, NOW, PROVIDER, Practice, Storage


def _attempt(practice: Practice, state: bytes = b"state") -> AuthorizationRequest:
    return AuthorizationRequest(
        practice.id, state, practice.ana.id, b"session", PROVIDER, "verifier", NOW, draft_id=uuid4()
    )


async def test_an_attempt_is_used_once(storage: Storage, practice: Practice) -> None:
    request = _attempt(practice)
    async with storage.begin() as work:
        await work.authorization_requests.add(request)
        await work.commit()
    async with storage.begin() as work:
        assert await work.authorization_requests.to_use(practice.id, b"state") == request
        used = request.use(practice.ana.id, b"session", "Label", now=NOW)
        await work.authorization_requests.save(used)
        await work.commit()
    async with storage.begin() as work:
        assert await work.authorization_requests.to_use(practice.id, b"state") == used
        assert await work.authorization_requests.to_use(uuid4(), b"state") is None
        assert await work.authorization_requests.to_use(practice.id, b"other") is None


async def test_attempts_are_removed(storage: Storage, practice: Practice) -> None:
    async with storage.begin() as work:
        await work.authorization_requests.add(_attempt(practice, b"1"))
        await work.authorization_requests.add(replace(_attempt(practice, b"2"), account_id=practice.bor.id))
        await work.authorization_requests.add(replace(_attempt(practice, b"3"), started_at=NOW - HOUR))
        assert await work.authorization_requests.remove_of_account(practice.id, practice.bor.id) == 1
        assert await work.authorization_requests.remove_started_before(NOW, most=9) == 1
        assert await work.authorization_requests.to_use(practice.id, b"1") is not None
        assert await work.authorization_requests.to_use(practice.id, b"2") is None
        assert await work.authorization_requests.to_use(practice.id, b"3") is None


async def test_an_attempt_belongs_to_an_account(storage: Storage, practice: Practice) -> None:
    async with storage.begin() as work:
        with pytest.raises(NotFound, match="account"):
            await work.authorization_requests.add(replace(_attempt(practice), account_id=uuid4()))


async def test_drafts_come_back_newest_first(storage: Storage, practice: Practice) -> None:
    drafts = [
        Draft(practice.id, uuid4(), practice.ana.id, '{"title": "č \\u0000"}', NOW + timedelta(seconds=number))
        for number in range(3)
    ]
    async with storage.begin() as work:
        for draft in drafts:
            await work.drafts.save(draft)
        later = replace(drafts[0], form="{}", saved_at=NOW + HOUR, booking_id=uuid4())
        await work.drafts.save(later)
        assert await work.drafts.of_account(practice.id, practice.ana.id) == [later, drafts[2], drafts[1]]
        assert await work.drafts.of_account(practice.id, practice.bor.id) == []
        assert await work.drafts.find(practice.id, practice.ana.id, drafts[1].id) == drafts[1]
        assert await work.drafts.find(practice.id, practice.bor.id, drafts[1].id) is None


async def test_drafts_of_everybody_in_a_practice(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    drafts = [Draft(where.id, uuid4(), who.id, "{}", NOW) for where, who in (
        (practice, practice.ana), (practice, practice.bor), (other_practice, other_practice.ana),
    )]  # fmt: skip
    async with storage.begin() as work:
        for draft in drafts:
            await work.drafts.save(draft)
        found = await work.drafts.of_organization(practice.id)
        assert {one.id for one in found} == {one.id for one in drafts[:2]}


async def test_drafts_are_removed(storage: Storage, practice: Practice) -> None:
    old = Draft(practice.id, uuid4(), practice.ana.id, "{}", NOW - HOUR)
    new = replace(old, id=uuid4(), saved_at=NOW)
    async with storage.begin() as work:
        await work.drafts.save(old)
        await work.drafts.save(new)
        await work.drafts.remove(practice.id, practice.bor.id, new.id)
        assert await work.drafts.remove_saved_before(NOW, most=9) == 1
        assert await work.drafts.of_account(practice.id, practice.ana.id) == [new]
        await work.drafts.remove(practice.id, practice.ana.id, new.id)
        assert await work.drafts.of_account(practice.id, practice.ana.id) == []


async def test_pending_links_are_counted_for_their_maker(storage: Storage, practice: Practice) -> None:
    link = ConnectLink(practice.id, b"one", practice.ana.id, PROVIDER, practice.admin.id, NOW)
    async with storage.begin() as work:
        for token in (b"one", b"two", b"used"):
            await work.connect_links.add(replace(link, token_hash=token))
        await work.connect_links.save(replace(link, token_hash=b"used", used_at=NOW))
        await work.connect_links.add(replace(link, token_hash=b"old", made_at=NOW - HOUR))
        await work.connect_links.add(replace(link, token_hash=b"anas", made_by=practice.ana.id))
        assert await work.connect_links.pending(practice.id, practice.admin.id, made_after=NOW - HOUR) == 2
        assert await work.connect_links.pending(uuid4(), practice.admin.id, made_after=NOW - HOUR) == 0


async def test_personal_links(storage: Storage, practice: Practice) -> None:
    link = ConnectLink(practice.id, b"token", practice.ana.id, PROVIDER, practice.admin.id, NOW)
    async with storage.begin() as work:
        await work.connect_links.add(link)
        assert await work.connect_links.to_use(practice.id, b"token") == link
        assert await work.connect_links.to_use(uuid4(), b"token") is None
        used = link.redeem(practice.ana.id, now=NOW)
        await work.connect_links.save(used)
        assert await work.connect_links.to_use(practice.id, b"token") == used
        await work.connect_links.add(replace(link, token_hash=b"his", consultant_id=practice.bor.id))
        await work.connect_links.add(replace(link, token_hash=b"old", made_at=NOW - HOUR))
        assert await work.connect_links.remove_made_before(NOW, most=9) == 1
        assert await work.connect_links.remove_of_consultant(practice.id, practice.ana.id) == 1
        assert await work.connect_links.to_use(practice.id, b"his") is not None
