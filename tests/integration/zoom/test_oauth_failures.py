"""Every refusal of Zoom's authorization server that is known, and what it means for us."""

from typing import Any

import pytest
import respx
from httpx import Response

from domain.errors import ProviderError
from domain.provider import Provider
from domain.provider_errors import (
    AccessRejected,
    AuthorizationRevoked,
    Misconfigured,
    NeedsConsultant,
    Refused,
    TryLater,
)
from tests.integration.zoom.zoom_calls import CALLS, answer

DEAD = {"reason": "Invalid Token!", "error": "invalid_grant"}
SCOPES = "does not contain scopes:[meeting:delete:meeting]"

ROWS: list[tuple[str, str, int, dict[str, Any], type[ProviderError]]] = [
    ("dead refresh token", "refresh", 400, DEAD, AuthorizationRevoked),
    ("dead, without reason", "refresh", 400, {"error": "invalid_grant"}, AuthorizationRevoked),
    ("dead, as 401", "refresh", 401, DEAD, AuthorizationRevoked),
    ("dead, older form", "refresh", 400, {"reason": "Invalid Token!", "error": "invalid_request"},
     AuthorizationRevoked),
    ("code bad or used", "exchange", 400,
     {"reason": "Invalid authorization code xY7pQ2rT9wLkM4nB", "error": "invalid_request"}, AuthorizationRevoked),
    ("verifier mismatch", "exchange", 400, {"error": "invalid_grant"}, AuthorizationRevoked),
    ("wrong client", "refresh", 401, {"reason": "Invalid client_id or client_secret", "error": "invalid_client"},
     Misconfigured),
    ("wrong client as 400", "exchange", 400, {"error": "invalid_client"}, Misconfigured),
    ("client not allowed", "exchange", 400, {"error": "unauthorized_client"}, Misconfigured),
    ("grant type", "exchange", 400, {"error": "unsupported_grant_type"}, Misconfigured),
    ("redirect mismatch in words", "exchange", 400, {"reason": "Redirect URI mismatch.", "error": "invalid_request"},
     Misconfigured),
    ("redirect mismatch as invalid_grant", "exchange", 400,
     {"reason": "Redirect URI mismatch.", "error": "invalid_grant"}, Misconfigured),
    ("4700 unregistered redirect", "exchange", 400,
     {"status": False, "errorCode": 4700, "errorMessage": "Invalid redirect: https://x.example/cb", "result": None},
     Misconfigured),
    ("4700 catch-all never ends a grant", "refresh", 400, {"code": 4700, "message": "Token cannot be empty."}, Refused),
    ("4702 client", "refresh", 400, {"code": 4702, "message": "Invalid client."}, Misconfigured),
    ("4704 client", "refresh", 401, {"code": 4704, "message": "Invalid client."}, Misconfigured),
    ("4705 grant type", "refresh", 400, {"code": 4705, "message": "TokenSet type."}, Misconfigured),
    ("4706 missing client", "refresh", 400, {"code": 4706, "message": "Missing."}, Misconfigured),
    ("4709 redirect", "exchange", 400, {"code": 4709, "message": "Redirect URI mismatch."}, Misconfigured),
    ("4711 scopes changed", "refresh", 400, {"code": 4711, "message": "Scopes differ."}, NeedsConsultant),
    ("scopes named in words", "refresh", 400, {"reason": SCOPES, "error": "invalid_request"}, NeedsConsultant),
    ("4717 app disabled", "refresh", 400, {"code": 4717, "message": "Disabled."}, Misconfigured),
    ("4733 code expired", "exchange", 400, {"code": 4733, "message": "Expired.", "error": "invalid_grant"},
     AuthorizationRevoked),
    ("4734 code invalid", "exchange", 400, {"code": 4734, "message": "Invalid."}, AuthorizationRevoked),
    ("4735 owner gone", "refresh", 400, {"code": 4735, "message": "Token owner does not exist."}, AuthorizationRevoked),
    ("4737 disabled by an admin", "refresh", 400, {"code": 4737, "message": "Disabled."}, Misconfigured),
    ("4738 disabled by an admin", "refresh", 400, {"code": 4738, "message": "Disabled."}, Misconfigured),
    ("4740 revoked", "refresh", 400, {"code": 4740, "message": "Revoked."}, AuthorizationRevoked),
    ("4741 superseded", "refresh", 400, {"code": "4741", "message": "The last token issued is valid."},
     AuthorizationRevoked),
    ("another invalid_request", "refresh", 400, {"error": "invalid_request", "reason": "Missing something"}, Refused),
    ("401 with another word", "refresh", 401, {"error": "access_denied"}, Misconfigured),
    ("500 saying invalid_grant is illness", "refresh", 500, DEAD, TryLater),
    ("502 saying invalid_client is illness", "refresh", 502, {"error": "invalid_client"}, TryLater),
    ("429 saying invalid_grant is a limit", "refresh", 429, DEAD, TryLater),
    ("400 without a word", "refresh", 400, {}, TryLater),
    ("400 with other types", "refresh", 400, {"error": ["invalid_grant"]}, TryLater),
]  # fmt: skip


@pytest.mark.parametrize(
    ("operation", "status", "body", "expected"), [pytest.param(*row[1:], id=row[0]) for row in ROWS]
)
async def test_refusal(
    zoom: Provider,
    router: respx.MockRouter,
    operation: str,
    status: int,
    body: dict[str, Any],
    expected: type[ProviderError],
) -> None:
    answer(router, operation, Response(status, json=body))
    with pytest.raises(ProviderError) as told:
        await CALLS[operation](zoom)
    assert type(told.value) is expected
    assert told.value.answered.startswith(str(status))
    assert "xY7pQ2rT9wLkM4nB" not in told.value.answered + told.value.words


@pytest.mark.parametrize("status", [400, 401, 403, 404])
@pytest.mark.parametrize("body", ["", "<html>invalid_grant</html>", "invalid_grant", "[]", '{"error":"inval', "null"])
async def test_what_is_not_zooms_word_never_ends_a_grant(
    zoom: Provider, router: respx.MockRouter, status: int, body: str
) -> None:
    answer(router, "refresh", Response(status, text=body))
    with pytest.raises(TryLater) as told:
        await CALLS["refresh"](zoom)
    assert told.value.unheard


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, DEAD),
        (400, {"reason": "Invalid Token!", "error": "invalid_request"}),
        (401, {"code": 124, "message": "Invalid access token."}),
        (400, {"error": "invalid_token"}),
        (400, {"code": 4740, "message": "Revoked."}),
    ],
)
async def test_revoking_with_a_token_that_has_ended_is_no_success(
    zoom: Provider, router: respx.MockRouter, status: int, body: dict[str, Any]
) -> None:
    answer(router, "revoke", Response(status, json=body))
    with pytest.raises(AccessRejected):
        await CALLS["revoke"](zoom)


async def test_revoking_with_wrong_credentials_is_no_success(zoom: Provider, router: respx.MockRouter) -> None:
    answer(router, "revoke", Response(401, json={"error": "invalid_client"}))
    with pytest.raises(Misconfigured):
        await CALLS["revoke"](zoom)


async def test_a_revocation_that_zoom_does_not_confirm_is_unheard(zoom: Provider, router: respx.MockRouter) -> None:
    answer(router, "revoke", Response(200, json={"status": "perhaps"}))
    with pytest.raises(TryLater) as told:
        await CALLS["revoke"](zoom)
    assert told.value.unheard
