"""What every storage of invitations, foundings and roles promises."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.accounts.account import Role
from domain.accounts.founding import Founding, Proposal
from domain.accounts.invitation import Invitation
from domain.accounts.login_session import LoginSession
from domain.accounts.reset_link import ResetLink
from domain.booking.draft import Draft
from domain.errors import NotFound
from domain.language import Language
from tests.contract.storage.practice import NOW, PROVIDER, Practice, Storage, stored


def _invitation(practice: Practice, *, key: bytes = b"one", hours: int = 0) -> Invitation:
    made_at = NOW + timedelta(hours=hours)
    roles = frozenset({Role.ADMIN, Role.CONSULTANT})
    return Invitation(practice.id, uuid4(), key, "dana@example.com", "Dana", roles, practice.admin.id, made_at)


async def test_an_invitation_comes_back_by_its_id_and_its_link(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    first, second = _invitation(practice), _invitation(practice, key=b"two", hours=1)
    async with storage.begin() as work:
        await work.invitations.add(first)
        await work.invitations.add(second)
        await work.commit()
    async with storage.begin() as work:
        assert await work.invitations.to_change(practice.id, first.id) == first
        assert await work.invitations.to_use(practice.id, b"two") == second
        assert await work.invitations.of_organization(practice.id) == [second, first]
        assert await work.invitations.to_change(other_practice.id, first.id) is None
        assert await work.invitations.to_use(other_practice.id, b"one") is None
        assert await work.invitations.of_organization(other_practice.id) == []


async def test_what_became_of_an_invitation_is_kept(storage: Storage, practice: Practice) -> None:
    invitation = _invitation(practice)
    renewed = invitation.renew(b"three", practice.ana.id, now=NOW + timedelta(hours=80))
    for changed in (invitation.revoke(now=NOW), renewed, renewed.accept(now=NOW + timedelta(hours=81))):
        async with storage.begin() as work:
            await work.invitations.remove(invitation)
            await work.invitations.add(invitation)
            await work.invitations.save(changed)
            await work.commit()
        async with storage.begin() as work:
            assert await work.invitations.to_use(practice.id, changed.token_hash) == changed


async def test_an_invitation_needs_who_made_it(storage: Storage, practice: Practice) -> None:
    async with storage.begin() as work:
        with pytest.raises(NotFound, match="account"):
            await work.invitations.add(replace(_invitation(practice), made_by=uuid4()))


async def test_of_two_who_use_a_link_at_once_the_second_finds_it_used(storage: Storage, practice: Practice) -> None:
    invitation = _invitation(practice)
    async with storage.begin() as work:
        await work.invitations.add(invitation)
        await work.commit()

    async def use() -> bool:
        async with storage.begin() as work:
            found = await work.invitations.to_use(practice.id, invitation.token_hash)
            assert found
            if found.accepted_at:
                return False
            await asyncio.sleep(0.05)
            await work.invitations.save(found.accept(now=NOW))
            await work.commit()
        return True

    assert sorted(await asyncio.gather(use(), use(), use())) == [False, False, True]


async def test_a_founding_comes_back_and_goes(storage: Storage) -> None:
    proposal = Proposal("Oak", "Europe/Vienna", Language.SLOVENE, "Olga", "olga@example.com", consultant=False)
    for founding in (Founding(uuid4(), b"key", NOW, True), Founding(uuid4(), b"key", NOW, False, proposal)):
        async with storage.begin() as work:
            await work.foundings.add(founding)
            await work.commit()
        async with storage.begin() as work:
            assert await work.foundings.to_use(founding.organization_id, b"key") == founding
            assert await work.foundings.to_use(founding.organization_id, b"another") is None
            assert await work.foundings.to_use(uuid4(), b"key") is None
            await work.foundings.remove(founding)
            assert await work.foundings.to_use(founding.organization_id, b"key") is None


async def test_roles_and_zones_are_seen_at_once_by_who_is_signed_in(storage: Storage, practice: Practice) -> None:
    log_in = LoginSession.begin(practice.id, b"a browser", practice.ana.id, now=NOW)
    moved = replace(practice.bor, zone="Europe/Zagreb")
    async with storage.begin() as work:
        await work.login_sessions.add(log_in)
        await work.people.save_preferences(moved)
        await work.commit()
    assert await storage.login_sessions.account(practice.id, b"a browser") == (log_in, practice.ana)
    changed = replace(practice.ana, roles=frozenset({Role.ADMIN}), zone="Europe/Vienna")
    async with storage.begin() as work:
        await work.people.save_roles(replace(changed, name="not a role"))
        await work.people.follow_zone(practice.id, practice.ana.zone, "Europe/Vienna")
        await work.commit()
    assert await storage.login_sessions.account(practice.id, b"a browser") == (log_in, changed)
    admin = replace(practice.admin, zone="Europe/Vienna")
    async with storage.begin() as work:
        assert await work.people.everybody(practice.id) == [changed, moved, admin]
        locked = await work.people.everybody_to_change(practice.id)
        assert sorted(locked, key=lambda one: one.name) == [changed, moved, admin]


async def test_a_practices_settings_are_kept(storage: Storage, practice: Practice) -> None:
    changed = replace(practice.organization, name="Oak", zone="Europe/Vienna", language=Language.SLOVENE)
    async with storage.begin() as work:
        await work.people.save_organization(changed)
        await work.commit()
    async with storage.begin() as work:
        assert await work.people.organization(practice.id) == changed
        assert await work.people.any_organization()


async def test_there_may_be_no_practice_at_all(storage: Storage) -> None:
    async with storage.begin() as work:
        assert not await work.people.any_organization()


async def test_coming_sessions_are_counted_by_consultant(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    await stored(
        storage,
        practice.booking(practice.details(hours=1)),
        practice.booking(practice.details(hours=30)),
        practice.booking(practice.details(consultant=practice.bor)),
        practice.booking(practice.details(hours=50)).cancel(expected_version=None),
        other_practice.booking(),
    )
    async with storage.begin() as work:
        assert await work.bookings.coming(practice.id, now=NOW) == {practice.ana.id: 2, practice.bor.id: 1}
        later = NOW + timedelta(hours=2)
        assert await work.bookings.coming(practice.id, now=later) == {practice.ana.id: 1, practice.bor.id: 1}


async def test_whether_anything_was_booked(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    await stored(storage, practice.booking(practice.details(provider=PROVIDER)))
    async with storage.begin() as work:
        assert await work.bookings.any_booked(practice.id, online=False)
        assert not await work.bookings.any_booked(practice.id, online=True), "its meeting is not there yet"
        assert not await work.bookings.any_booked(other_practice.id, online=False)


async def test_a_person_has_one_reset_link(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    first = ResetLink(practice.id, practice.ana.id, b"one", practice.admin.id, NOW)
    second = ResetLink(practice.id, practice.ana.id, b"two", None, NOW + timedelta(hours=1))
    async with storage.begin() as work:
        await work.reset_links.save(first)
        assert await work.reset_links.find(practice.id, b"one") == first
        await work.reset_links.save(second)
        await work.commit()
    async with storage.begin() as work:
        assert await work.reset_links.find(practice.id, b"one") is None
        assert await work.reset_links.find(other_practice.id, b"two") is None
        assert await work.reset_links.of_organization(practice.id) == [second]
        assert await work.reset_links.of_organization(other_practice.id) == []
        assert not await work.reset_links.use_up(first)
        assert await work.reset_links.use_up(second)
        assert not await work.reset_links.use_up(second)


async def test_reset_links_go_with_their_person_and_their_maker(storage: Storage, practice: Practice) -> None:
    links = [
        ResetLink(practice.id, practice.ana.id, b"one", practice.bor.id, NOW),
        ResetLink(practice.id, practice.bor.id, b"two", practice.admin.id, NOW + timedelta(hours=1)),
        ResetLink(practice.id, practice.admin.id, b"three", practice.bor.id, NOW + timedelta(hours=2)),
    ]
    async with storage.begin() as work:
        for link in links:
            await work.reset_links.save(link)
        await work.commit()
    async with storage.begin() as work:
        assert await work.reset_links.remove_made_by(practice.id, practice.bor.id) == 2
        assert await work.reset_links.remove_of_account(practice.id, practice.ana.id) == 0
        assert await work.reset_links.remove_of_account(practice.id, practice.bor.id) == 1
    async with storage.begin() as work:
        assert await work.reset_links.remove_made_before(NOW + timedelta(hours=1), most=9) == 1
        with pytest.raises(NotFound):
            await work.reset_links.save(replace(links[0], account_id=uuid4()))


async def test_of_two_who_use_a_reset_link_at_once_one_uses_it_up(storage: Storage, practice: Practice) -> None:
    link = ResetLink(practice.id, practice.ana.id, b"one", practice.admin.id, NOW)
    async with storage.begin() as work:
        await work.reset_links.save(link)
        await work.commit()

    async def use() -> bool:
        async with storage.begin() as work:
            used = await work.reset_links.use_up(link)
            await asyncio.sleep(0.05)
            await work.commit()
        return used

    assert sorted(await asyncio.gather(use(), use(), use())) == [False, False, True]


async def test_the_drafts_of_a_person_are_removed_together(storage: Storage, practice: Practice) -> None:
    async with storage.begin() as work:
        for owner in (practice.ana, practice.ana, practice.bor):
            await work.drafts.save(Draft(practice.id, uuid4(), owner.id, "{}", NOW))
        assert await work.drafts.remove_of_account(practice.id, practice.ana.id) == 2
        assert await work.drafts.of_account(practice.id, practice.ana.id) == []
        assert len(await work.drafts.of_account(practice.id, practice.bor.id)) == 1
