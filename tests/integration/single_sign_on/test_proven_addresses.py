"""When an ID token proves that a person's address is theirs. Each provider says it in its own way."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from adapters.openid.id_token import identity_of
from adapters.openid.wire import Claims

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
GOOGLE, OTHER = "https://accounts.google.com", "https://id.example.com"
MICROSOFT = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"
NOT_MICROSOFT = "https://login.microsoftonline.com.attacker.example/v2.0"
MAIL: dict[str, Any] = {"email": "Ana@Example.com"}

CASES: list[tuple[str, dict[str, Any], bool]] = [
    (OTHER, MAIL | {"email_verified": True}, True),
    (OTHER, MAIL | {"email_verified": False}, False),
    (OTHER, MAIL | {"email_verified": "true"}, False),
    (OTHER, MAIL | {"email_verified": 1}, False),
    (OTHER, MAIL, False),
    (OTHER, {"email_verified": True}, False),
    (OTHER, MAIL | {"xms_edov": True}, False),
    (OTHER, MAIL | {"hd": "example.com"}, False),
    # A consumer account, whose address Google verified once: the domain's owner knows nothing of it.
    (GOOGLE, MAIL | {"email_verified": True}, False),
    (GOOGLE, MAIL | {"email_verified": True, "hd": "other.example"}, False),
    (GOOGLE, MAIL | {"email_verified": True, "hd": "example.com"}, True),
    (GOOGLE, MAIL | {"email_verified": False, "hd": "example.com"}, False),
    # An address in Microsoft's directory is what its admin typed, unless the domain's owner verified it.
    (MICROSOFT, MAIL, False),
    (MICROSOFT, MAIL | {"xms_edov": True}, True),
    (MICROSOFT, MAIL | {"xms_edov": "1"}, True),
    (MICROSOFT, MAIL | {"xms_edov": False}, False),
    (MICROSOFT, MAIL | {"xms_edov": "0"}, False),
    (MICROSOFT, MAIL | {"xms_edov": True, "email_verified": False}, False),
    (NOT_MICROSOFT, MAIL | {"xms_edov": True}, False),
]


@pytest.mark.parametrize(("issuer", "said", "proven"), CASES)
def test_an_address_is_proven_only_by_the_word_that_counts_there(
    issuer: str, said: dict[str, Any], proven: bool
) -> None:
    at = NOW.timestamp()
    known = {"iss": issuer, "sub": "ana", "aud": "us", "exp": at + 300, "iat": at, "nonce": "n"}
    claims = msgspec.convert(known | said, Claims)
    nonce_hash = hashlib.sha256(b"n").digest()
    identity = identity_of(claims, issuer=issuer, client_id="us", nonce_hash=nonce_hash, now=NOW)
    assert identity.email_proven is proven
    assert identity.email in ("ana@example.com", "")


def test_when_the_credentials_were_entered_is_kept() -> None:
    at = NOW.timestamp()
    claims = Claims(OTHER, "ana", "us", at + 300, at, "n", auth_time=at - 60)
    nonce_hash = hashlib.sha256(b"n").digest()
    identity = identity_of(claims, issuer=OTHER, client_id="us", nonce_hash=nonce_hash, now=NOW)
    assert identity.authenticated_at == NOW - timedelta(minutes=1)
