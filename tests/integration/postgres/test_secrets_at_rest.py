"""What a reader of the database finds, and the effect of moving a ciphertext."""

from uuid import uuid4

import psycopg
import pytest

from adapters.postgres import PostgresDatabase, TokenCipher
from adapters.postgres.operations.rotate_keys import rotate_keys
from domain.accounts.identity_provider import IdentityProvider
from domain.accounts.sign_in_request import SignInRequest
from domain.connection.authorization_request import AuthorizationRequest
from domain.failure_reason import FailureReason
from domain.meeting.host import Host
from tests.contract.storage.practice import NOW, PROVIDER, Practice, connected, new_practice
from tests.integration.postgres.conftest import KEY
from tests.stored import everything

NEW_KEY = bytes(32)
ISSUER = "https://id.example.com"


async def _with_secrets(postgres: PostgresDatabase, practice: Practice) -> list[str]:
    one, other = practice.connection(), practice.connection(practice.bor)
    await connected(postgres, one, other)
    request = AuthorizationRequest(
        practice.id, b"state", practice.ana.id, b"s", PROVIDER, "verifier-" + uuid4().hex, NOW
    )
    provider = IdentityProvider(
        practice.id, ISSUER, "us", "client-secret-" + uuid4().hex, ("example.com",), False, frozenset(), NOW
    )
    sign_in = SignInRequest(practice.id, b"state", b"browser", b"nonce", "sign-in-" + uuid4().hex, ISSUER, NOW)
    async with postgres.begin() as work:
        await work.authorization_requests.add(request)
        await work.identity_providers.save(provider)
        await work.sign_in_requests.add(sign_in)
        await work.commit()
    assert one.token_set is not None
    assert other.token_set is not None
    token_sets = (one.token_set, other.token_set)
    assert provider.client_secret is not None
    tokens = [token for it in token_sets for token in (it.access_token, it.refresh_token)]
    return [*tokens, request.verifier, provider.client_secret, sign_in.verifier]


async def test_no_secret_is_readable(postgres: PostgresDatabase, practice: Practice, database: str) -> None:
    secrets = await _with_secrets(postgres, practice)
    found = "\n".join(everything(database))
    assert practice.ana.email in found
    for secret in secrets:
        assert secret not in found
        assert secret.encode().hex() not in found


@pytest.mark.parametrize(
    "move",
    [
        "UPDATE connections SET access_token = refresh_token",
        "UPDATE connections c SET access_token = o.access_token FROM connections o WHERE o.id <> c.id",
    ],
)
async def test_a_moved_token_does_not_open(
    postgres: PostgresDatabase, practice: Practice, database: str, move: str
) -> None:
    await _with_secrets(postgres, practice)
    with psycopg.connect(database) as connection:
        connection.execute(move.encode())
    async with postgres.begin() as work:
        found = await work.connections.find(Host(practice.id, practice.ana.id, PROVIDER))
    assert found is not None
    assert (found.token_set, found.refresh_failure) == (None, FailureReason.TOKENS_UNREADABLE)


async def test_resealing_frees_the_old_key(postgres: PostgresDatabase, practice: Practice, database: str) -> None:
    await _with_secrets(postgres, practice)
    dead = (await new_practice(postgres)).connection().died(FailureReason.CONSENT_GONE)
    await connected(postgres, dead)
    async with PostgresDatabase(database, TokenCipher([NEW_KEY, KEY])) as both:
        assert await rotate_keys(both) == (7, 0)
        assert await rotate_keys(both) == (0, 0)
    async with PostgresDatabase(database, TokenCipher([NEW_KEY])) as later, later.begin() as work:
        found = await work.connections.find(Host(practice.id, practice.ana.id, PROVIDER))
        assert found is not None
        assert found.token_set is not None
        assert found.token_set.access_token.startswith("access-")
        request = await work.authorization_requests.to_use(practice.id, b"state")
        assert request is not None
        assert request.verifier.startswith("verifier-")
        provider = await work.identity_providers.find(practice.id)
        assert provider is not None
        assert (provider.client_secret or "").startswith("client-secret-")
        sign_in = await work.sign_in_requests.to_use(practice.id, b"state")
        assert sign_in is not None
        assert sign_in.verifier.startswith("sign-in-")


async def test_resealing_leaves_what_no_key_opens_and_loses_nothing(
    postgres: PostgresDatabase, practice: Practice, database: str
) -> None:
    await _with_secrets(postgres, practice)
    async with PostgresDatabase(database, TokenCipher([NEW_KEY])) as without:
        assert await rotate_keys(without) == (0, 7)
    async with postgres.begin() as work:
        found = await work.connections.find(Host(practice.id, practice.ana.id, PROVIDER))
    assert found is not None
    assert found.usable


async def test_resealing_goes_on_behind_more_broken_rows_than_a_batch_holds(
    postgres: PostgresDatabase, practice: Practice, database: str
) -> None:
    await _with_secrets(postgres, practice)
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE connections SET access_token = substring(access_token, 1, 20)")
        connection.execute(
            "INSERT INTO authorization_requests (organization_id, state_hash, account_id, login_id, provider, verifier,"
            " started_at) SELECT organization_id, int4send(n), account_id, login_id, provider, %b, started_at"
            " FROM authorization_requests, generate_series(1, 250) n",
            [b"broken"],
        )
    async with PostgresDatabase(database, TokenCipher([NEW_KEY, KEY])) as both:
        assert await rotate_keys(both) == (3, 254)
