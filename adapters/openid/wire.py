"""What identity providers send, as far as Calendra reads it. Unknown members are ignored."""

from typing import Any

import msgspec


class Metadata(msgspec.Struct, frozen=True):
    """Source: OpenID Connect Discovery 1.0, section 3; RFC 8414 for PKCE; RFC 9207 for `iss`."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    response_types_supported: list[str] = []
    code_challenge_methods_supported: list[str] = []
    id_token_signing_alg_values_supported: list[str] = []
    token_endpoint_auth_methods_supported: list[str] = msgspec.field(default_factory=lambda: ["client_secret_basic"])
    authorization_response_iss_parameter_supported: bool = False
    claims_parameter_supported: bool = False


class KeyDocument(msgspec.Struct, frozen=True):
    """A JSON Web Key Set, RFC 7517."""

    keys: list[dict[str, Any]]


class Tokens(msgspec.Struct, frozen=True):
    """The answer of the token endpoint. Calendra calls no API of the provider: the access token is dropped."""

    id_token: str


class TokenError(msgspec.Struct, frozen=True):
    error: str = ""


class Claims(msgspec.Struct, frozen=True):
    """The claims of an ID token. Source: OpenID Connect Core 1.0, sections 2 and 5.1; `hd` from Google, `xms_edov` from
    Microsoft."""

    iss: str
    sub: str
    aud: str | list[str]
    exp: float
    iat: float
    nonce: str = ""
    azp: str | None = None
    auth_time: float | None = None
    email: str | None = None
    email_verified: Any = None
    hd: str | None = None
    xms_edov: Any = None
