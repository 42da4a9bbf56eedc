"""POST /oauth/token and /oauth/revoke."""

import base64
import binascii
import hmac
from typing import Any
from urllib.parse import parse_qs

import msgspec
from litestar import Request, Response, post
from litestar.handlers import HTTPRouteHandler

from demo.sandbox import errors, removal, tokens
from demo.sandbox.access import address_of
from demo.sandbox.sandbox import Sandbox

AnyRequest = Request[Any, Any, Any]
_FORM = "application/x-www-form-urlencoded"
_NOT_IN_QUERY = ("grant_type", "code", "refresh_token", "token", "access_token", "client_secret")


def token_routes(sandbox: Sandbox) -> list[HTTPRouteHandler]:
    @post("/oauth/token", opt={"operation": "token"})
    async def token(request: AnyRequest) -> Response[bytes]:
        form = await _granted(sandbox, request)
        kind = form.get("grant_type")
        if kind == "authorization_code":
            answer = tokens.exchange(
                sandbox, form.get("code", ""), form.get("redirect_uri", ""), form.get("code_verifier", "")
            )
        elif kind == "refresh_token":
            answer = tokens.refresh(sandbox, form.get("refresh_token", ""))
        elif kind:
            raise errors.oauth_refused("unsupported_grant_type", f"Unsupported grant type {kind}")
        else:
            raise errors.oauth_refused("invalid_request", "Missing grant type.")
        return _json(answer | {"api_url": address_of(sandbox, request)})

    @post("/oauth/revoke", opt={"operation": "revoke"})
    async def revoke(request: AnyRequest) -> Response[bytes]:
        form = await _granted(sandbox, request)
        try:
            found = tokens.access_token(sandbox, form.get("token", ""))
        except errors.Refusal as refusal:
            raise errors.oauth_refused("invalid_request", "Invalid Token!") from refusal
        removal.remove_app(sandbox, found.user_id)
        return _json({"status": "success"})

    return [token, revoke]


async def _granted(sandbox: Sandbox, request: AnyRequest) -> dict[str, str]:
    """The form of a caller that authenticated with the app's id and secret."""
    if any(name in request.query_params for name in _NOT_IN_QUERY):
        raise errors.token_in_query()
    if not _is_our_app(sandbox, request.headers.get("authorization", "")):
        raise errors.oauth_refused("invalid_client", "Invalid client_id or client_secret", 401)
    if not request.headers.get("content-type", "").lower().startswith(_FORM):
        raise errors.oauth_refused("invalid_request", "Missing grant type.")
    fields = parse_qs((await request.body()).decode(), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


def _is_our_app(sandbox: Sandbox, header: str) -> bool:
    scheme, _, value = header.partition(" ")
    try:
        shown = base64.b64decode(value, validate=True)
    except binascii.Error:
        return False
    expected = f"{sandbox.config.client_id}:{sandbox.config.client_secret}".encode()
    return scheme.lower() == "basic" and hmac.compare_digest(shown, expected)


def _json(answer: dict[str, Any]) -> Response[bytes]:
    return Response(msgspec.json.encode(answer), status_code=200, media_type="application/json")
