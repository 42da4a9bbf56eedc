"""The contract of `OAuthClient`."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.connection.token_set import AccessToken
from domain.provider_errors import AccessRejected, AuthorizationRevoked, NeedsConsultant, TryLater
from tests.contract.meeting_provider_stage import VERIFIER, Stage, consented, details, new_marker


class OAuthClientContract:
    def test_the_address_carries_state_and_challenge_but_not_the_verifier(self, stage: Stage) -> None:
        address = stage.provider.oauth.authorize_address("state of mine", VERIFIER)
        question = parse_qs(urlsplit(address).query)
        challenge = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
        assert question["state"] == ["state of mine"]
        assert question["code_challenge"] == [challenge]
        assert question["code_challenge_method"] == ["S256"]
        assert VERIFIER not in address

    async def test_a_code_becomes_a_grant_with_every_permission(self, stage: Stage) -> None:
        token_set = await consented(stage)
        assert stage.provider.missing_scopes(token_set.scopes) == ()
        assert token_set.fresh(stage.clock.now())
        assert token_set.access_token not in repr(token_set)
        assert token_set.refresh_token not in repr(token_set)

    async def test_a_code_works_once(self, stage: Stage) -> None:
        consent = stage.provider.oauth
        code = await stage.approve(consent.authorize_address("once", VERIFIER))
        await consent.exchange(code, VERIFIER)
        with pytest.raises(AuthorizationRevoked):
            await consent.exchange(code, VERIFIER)

    async def test_an_invented_code_is_dead(self, stage: Stage) -> None:
        with pytest.raises(AuthorizationRevoked):
            await stage.provider.oauth.exchange("invented", VERIFIER)

    async def test_a_code_needs_the_verifier_it_was_asked_with(self, stage: Stage) -> None:
        code = await stage.approve(stage.provider.oauth.authorize_address("pkce", VERIFIER))
        with pytest.raises(AuthorizationRevoked):
            await stage.provider.oauth.exchange(code, VERIFIER[::-1])

    async def test_refreshing_gives_a_working_grant_and_ends_the_old_one(self, stage: Stage) -> None:
        old = await consented(stage)
        new = await stage.provider.oauth.refresh(old)
        assert new.scopes == old.scopes
        assert (await stage.provider.oauth.current_user(AccessToken(new.access_token))).user_id
        with pytest.raises(AuthorizationRevoked):
            await stage.provider.oauth.refresh(old)

    async def test_illness_does_not_end_a_grant(self, stage: Stage) -> None:
        token_set = await consented(stage)
        await stage.be_ill("refresh")
        with pytest.raises(TryLater):
            await stage.provider.oauth.refresh(token_set)
        assert (await stage.provider.oauth.refresh(token_set)).access_token

    async def test_a_lost_refresh_is_told_as_unheard(self, stage: Stage) -> None:
        token_set = await consented(stage)
        await stage.lose_answer("refresh")
        with pytest.raises(TryLater) as told:
            await stage.provider.oauth.refresh(token_set)
        assert told.value.unheard

    async def test_current_user_tells_two_people_apart(self, stage: Stage) -> None:
        accounts = [
            await stage.provider.oauth.current_user(AccessToken((await consented(stage, person=person)).access_token))
            for person in (0, 1)
        ]
        assert accounts[0].user_id != accounts[1].user_id
        assert all(one.account_id and "@" in one.email and one.name and one.plan for one in accounts)

    async def test_revoking_ends_it_all_and_again_the_token_is_rejected(self, stage: Stage) -> None:
        token_set = await consented(stage)
        access = AccessToken(token_set.access_token)
        await stage.provider.oauth.revoke(access)
        with pytest.raises(AccessRejected):
            await stage.provider.oauth.revoke(access)
        with pytest.raises(AccessRejected):
            await stage.provider.oauth.current_user(access)
        with pytest.raises(AuthorizationRevoked):
            await stage.provider.oauth.refresh(token_set)

    async def test_a_revocation_that_did_not_come_through_is_no_success(self, stage: Stage) -> None:
        token_set = await consented(stage)
        await stage.be_ill("revoke")
        with pytest.raises(TryLater):
            await stage.provider.oauth.revoke(AccessToken(token_set.access_token))
        assert (await stage.provider.oauth.refresh(token_set)).access_token

    async def test_expired_access_does_not_pass_for_a_revocation(self, stage: Stage) -> None:
        token_set = await consented(stage)
        await stage.expire_access()
        with pytest.raises(AccessRejected):
            await stage.provider.oauth.revoke(AccessToken(token_set.access_token))
        renewed = await stage.provider.oauth.refresh(token_set)
        await stage.provider.oauth.revoke(AccessToken(renewed.access_token))
        with pytest.raises(AuthorizationRevoked):
            await stage.provider.oauth.refresh(renewed)

    async def test_removal_at_the_provider_ends_access_and_grant(self, stage: Stage) -> None:
        token_set = await consented(stage)
        await stage.remove_app()
        with pytest.raises(AccessRejected):
            await stage.provider.meetings.create(AccessToken(token_set.access_token), new_marker(), details(stage))
        with pytest.raises(AuthorizationRevoked):
            await stage.provider.oauth.refresh(token_set)

    async def test_after_a_removal_one_can_consent_again(self, stage: Stage) -> None:
        await consented(stage)
        await stage.remove_app()
        token_set = await consented(stage)
        held = await stage.provider.meetings.create(AccessToken(token_set.access_token), new_marker(), details(stage))
        assert held.id

    async def test_expired_access_is_rejected_and_a_refresh_mends_it(self, stage: Stage) -> None:
        token_set = await consented(stage)
        await stage.expire_access()
        with pytest.raises(AccessRejected):
            await stage.provider.oauth.current_user(AccessToken(token_set.access_token))
        renewed = await stage.provider.oauth.refresh(token_set)
        assert (await stage.provider.oauth.current_user(AccessToken(renewed.access_token))).user_id

    async def test_a_missing_permission_is_named(self, stage: Stage) -> None:
        for scope in stage.provider.scopes:
            token_set = await consented(stage, without=scope.name)
            assert stage.provider.missing_scopes(token_set.scopes) == (scope.name,)

    async def test_a_call_without_its_permission_needs_the_consultant(self, stage: Stage) -> None:
        missed = [error for scope in stage.provider.scopes if (error := await _create_without(stage, scope.name))]
        assert [(error.reason, len(error.scopes)) for error in missed] == [("scope_missing", 1)]


async def _create_without(stage: Stage, scope: str) -> NeedsConsultant | None:
    token_set = await consented(stage, without=scope)
    try:
        await stage.provider.meetings.create(AccessToken(token_set.access_token), new_marker(), details(stage))
    except NeedsConsultant as error:
        return error if error.scopes == (scope,) else None
    return None
