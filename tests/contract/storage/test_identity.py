"""What every storage of identity providers, identity links and sign-in requests promises."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.accounts.identity import Identity, IdentityLink
from domain.accounts.identity_provider import IdentityProvider
from domain.accounts.login_session import LoginSession, Proof
from domain.accounts.sign_in_method import SignInMethod
from domain.accounts.sign_in_request import SignInRequest
from domain.errors import NotFound
from tests.contract.storage.practice import NOW, Practice, Storage

ISSUER = "https://id.example.com"


def _provider(practice: Practice) -> IdentityProvider:
    chosen = frozenset({practice.admin.id})
    return IdentityProvider(practice.id, ISSUER, "us", "a secret", ("example.com", "example.org"), True, chosen, NOW)


def _link(practice: Practice, subject: str = "one") -> IdentityLink:
    return IdentityLink.make(practice.id, practice.ana.id, Identity(ISSUER, subject, "", False), now=NOW)


def _request(practice: Practice, *, hours: int = 0) -> SignInRequest:
    started = NOW + timedelta(hours=hours)
    state = bytes([hours])
    return SignInRequest(practice.id, state, b"browser", b"nonce", "verifier", ISSUER, started, b"login")


async def test_a_practice_has_one_identity_provider(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    first = _provider(practice)
    second = replace(first, issuer="https://elsewhere.example", required=False, break_glass=frozenset())
    for provider in (first, second):
        async with storage.begin() as work:
            await work.identity_providers.save(provider)
            await work.commit()
        async with storage.begin() as work:
            assert await work.identity_providers.find(practice.id) == provider
            assert await work.identity_providers.find(other_practice.id) is None
    async with storage.begin() as work:
        await work.identity_providers.remove(practice.id)
        assert await work.identity_providers.find(practice.id) is None


async def test_what_belongs_to_no_practice_is_refused(storage: Storage, practice: Practice) -> None:
    async with storage.begin() as work:
        with pytest.raises(NotFound, match="practice"):
            await work.identity_providers.save(replace(_provider(practice), organization_id=uuid4()))
    async with storage.begin() as work:
        with pytest.raises(NotFound, match="practice"):
            await work.sign_in_requests.add(replace(_request(practice), organization_id=uuid4()))
    async with storage.begin() as work:
        with pytest.raises(NotFound, match="account"):
            await work.identity_links.add(replace(_link(practice), account_id=uuid4()))


async def test_an_account_has_one_link_and_a_subject_one_account(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    link = _link(practice)
    async with storage.begin() as work:
        assert await work.identity_links.add(link)
        assert not await work.identity_links.add(_link(practice, "two"))
        assert not await work.identity_links.add(replace(link, account_id=practice.bor.id))
        assert await work.identity_links.add(replace(link, account_id=practice.bor.id, issuer="https://other.example"))
        assert await work.identity_links.add(_link(other_practice))
        await work.commit()
    async with storage.begin() as work:
        assert await work.identity_links.of_subject(practice.id, ISSUER, "one") == link
        assert await work.identity_links.of_subject(practice.id, ISSUER, "two") is None
        assert {one.account_id for one in await work.identity_links.of_organization(practice.id)} == {
            practice.ana.id,
            practice.bor.id,
        }


async def test_links_end_with_an_account_or_a_practice(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    async with storage.begin() as work:
        await work.identity_links.add(_link(practice))
        await work.identity_links.add(replace(_link(practice, "two"), account_id=practice.bor.id))
        await work.identity_links.add(_link(other_practice))
        assert await work.identity_links.remove_of_account(practice.id, practice.ana.id) == 1
        assert await work.identity_links.of_subject(practice.id, ISSUER, "one") is None
        assert await work.identity_links.remove_of_organization(practice.id) == 1
        assert await work.identity_links.of_organization(practice.id) == []
        assert len(await work.identity_links.of_organization(other_practice.id)) == 1


async def test_a_sign_in_request_is_found_by_its_state_and_used(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    request = _request(practice)
    async with storage.begin() as work:
        await work.sign_in_requests.add(request)
        await work.commit()
    async with storage.begin() as work:
        assert await work.sign_in_requests.to_use(other_practice.id, request.state_hash) is None
        assert await work.sign_in_requests.to_use(practice.id, request.state_hash) == request
        await work.sign_in_requests.save(replace(request, used_at=NOW))
        await work.commit()
    async with storage.begin() as work:
        assert await work.sign_in_requests.to_use(practice.id, request.state_hash) == replace(request, used_at=NOW)


async def test_old_sign_in_requests_and_those_of_a_practice_are_removed(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    async with storage.begin() as work:
        for hours in range(3):
            await work.sign_in_requests.add(_request(practice, hours=hours))
        await work.sign_in_requests.add(_request(other_practice, hours=9))
        await work.commit()
    async with storage.begin() as work:
        assert await work.sign_in_requests.remove_started_before(NOW + timedelta(hours=2), most=1) == 1
        assert await work.sign_in_requests.to_use(practice.id, bytes([0])) is None
        assert await work.sign_in_requests.remove_of_organization(practice.id) == 2
        assert await work.sign_in_requests.to_use(other_practice.id, bytes([9])) is not None


async def test_a_login_session_keeps_how_the_person_signed_in(storage: Storage, practice: Practice) -> None:
    proof = Proof(SignInMethod.SINGLE_SIGN_ON, NOW - timedelta(hours=1))
    for token_hash, given in ((b"by provider", proof), (b"by password", None)):
        begun = LoginSession.begin(practice.id, token_hash, practice.ana.id, now=NOW, proof=given)
        async with storage.begin() as work:
            await work.login_sessions.add(begun)
            await work.commit()
        async with storage.begin() as work:
            found = await work.login_sessions.account(practice.id, token_hash)
        looked_up = await storage.login_sessions.account(practice.id, token_hash)
        assert found is not None
        assert looked_up is not None
        assert (found[0], looked_up[0]) == (begun, begun)
