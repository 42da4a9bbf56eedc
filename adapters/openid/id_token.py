"""Verifies ID tokens. Source: OpenID Connect Core 1.0, section 3.1.3.7."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import msgspec
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from adapters.openid.discovery import MICROSOFT
from adapters.openid.wire import Claims
from domain.accounts.identity import Identity

GOOGLE = "https://accounts.google.com"
_LEEWAY = timedelta(minutes=1)
_OLDEST = timedelta(minutes=10)
_LONGEST_SUBJECT = 255


class NotValid(Exception):
    """The ID token proves nothing."""


def key_id(token: str) -> str | None:
    """Of the key that the token claims to be signed with. Raises NotValid."""
    try:
        found = jws.extract_compact(token.encode()).headers().get("kid")
    except (JoseError, ValueError) as error:
        raise NotValid from error
    return found if isinstance(found, str) else None


def verified(token: str, keys: KeySet, algorithms: Sequence[str]) -> Claims:
    """The claims of a token with a valid signature. Raises NotValid."""
    try:
        return msgspec.convert(jwt.decode(token, keys, algorithms=list(algorithms)).claims, Claims)
    except (JoseError, ValueError, TypeError, msgspec.ValidationError, RecursionError) as error:
        raise NotValid from error


def identity_of(claims: Claims, *, issuer: str, client_id: str, nonce_hash: bytes, now: datetime) -> Identity:
    """Raises NotValid."""
    audiences = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    for_us = client_id in audiences and (claims.azp == client_id or (claims.azp is None and len(audiences) == 1))
    nonce = hashlib.sha256(claims.nonce.encode()).digest()
    subject = 0 < len(claims.sub) <= _LONGEST_SUBJECT and claims.sub.isprintable()
    timely = _moment(claims.exp) + _LEEWAY > now and now - _OLDEST < _moment(claims.iat) < now + _LEEWAY
    if not (claims.iss == issuer and for_us and timely and subject and hmac.compare_digest(nonce, nonce_hash)):
        raise NotValid
    entered = None if claims.auth_time is None else _moment(claims.auth_time)
    email = (claims.email or "").strip().lower()
    return Identity(issuer, claims.sub, email[:320], _proves_address(claims, email), entered)


def _proves_address(claims: Claims, email: str) -> bool:
    """Whether the provider says that it verified the address.

    Google verifies an address of any domain once, for consumer accounts: only `hd` says that the domain's owner has the
    account. Microsoft never sends `email_verified` for work accounts; `xms_edov` says that the owner of the domain
    verified it. No other provider sends `xms_edov`, and from none it counts.
    """
    if not email:
        return False
    if claims.iss == GOOGLE:
        return claims.email_verified is True and (claims.hd or "").lower() == email.rpartition("@")[2]
    if claims.email_verified is None and urlsplit(claims.iss).hostname == MICROSOFT:
        return _true(claims.xms_edov)
    return claims.email_verified is True


def _true(claim: Any) -> bool:
    """Microsoft documents a boolean, and older apps get "1"."""
    return claim is True or claim in (1, "1", "true")


def _moment(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise NotValid from error
