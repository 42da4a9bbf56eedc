"""Zoom's errors, word for word as published or observed."""

from typing import Any

import msgspec
from litestar import Request, Response

Headers = dict[str, str]


class Refusal(Exception):
    """Refuses the request. Contains the whole response."""

    def __init__(self, status: int, body: dict[str, Any], headers: Headers | None = None) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.headers = headers or {}


def refused(status: int, code: int, message: str, *fields: str) -> Refusal:
    body: dict[str, Any] = {"code": code, "message": message}
    if fields:
        body["errors"] = [{"field": field, "message": "Invalid field."} for field in fields]
    return Refusal(status, body)


def invalid_fields(*fields: str) -> Refusal:
    return refused(400, 300, "Validation Failed.", *fields)


def not_an_object() -> Refusal:
    return refused(400, 300, "Request Body should be a valid JSON object.")


def invalid_access_token() -> Refusal:
    return refused(401, 124, "Invalid access token.")


def expired_access_token() -> Refusal:
    return refused(401, 124, "Access token is expired.")


def token_in_query() -> Refusal:
    return refused(401, 124, "Invalid access token, this access token is not supported as query parameter string.")


def missing_scopes(*scopes: str) -> Refusal:
    return refused(400, 4711, f"Invalid access token, does not contain scopes:[{', '.join(scopes)}].")


def scopes_changed() -> Refusal:
    """On a refresh after a change of the app's own scopes."""
    return refused(400, 4711, "The scopes of the refresh token differ from the scopes of the client.")


def no_such_meeting(meeting_id: object) -> Refusal:
    return refused(404, 3001, f"Meeting does not exist: {meeting_id}.")


def oauth_refused(error: str, reason: str = "", status: int = 400) -> Refusal:
    body = {"error": error} if not reason else {"reason": reason, "error": error}
    return Refusal(status, body)


def dead_token() -> Refusal:
    return oauth_refused("invalid_grant", "Invalid Token!")


def answer_refusal(_: Request[Any, Any, Any], refusal: Refusal) -> Response[bytes]:
    return Response(
        msgspec.json.encode(refusal.body),
        status_code=refusal.status,
        media_type="application/json",
        headers=refusal.headers,
    )
