"""RFC 9457 problems: the one table of status codes, and the conversion of every error."""

import logging
import re
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap

from domain import errors, provider_errors

_log = logging.getLogger("calendra.http")

STATUS: dict[type[errors.CalendraError], int] = {
    errors.Invalid: 422,
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.LastAdmin: 409,
    errors.SessionsToCome: 409,
    errors.StillConnected: 409,
    errors.InvitationInvalid: 410,
    errors.InvitationRevoked: 409,
    errors.FoundingInvalid: 410,
    errors.LoginFailed: 401,
    errors.TooManyAttempts: 429,
    errors.TooManyLinks: 429,
    errors.TooBusy: 503,
    errors.NotLoggedIn: 401,
    errors.AccountChanged: 409,
    errors.SlotTaken: 409,
    errors.ChangedMeanwhile: 412,
    errors.BookingClosed: 409,
    errors.KeyReused: 422,
    errors.ResultGone: 410,
    errors.ClientErased: 409,
    errors.ClientHasSessions: 409,
    errors.ConnectionNeeded: 409,
    errors.AuthorizationRequestUnknown: 400,
    errors.AuthorizationRequestExpired: 410,
    errors.AuthorizationRequestUsed: 409,
    errors.ConsentDeclined: 403,
    errors.ConsentUnfinished: 502,
    errors.ScopesMissing: 403,
    errors.ProviderAccountTaken: 409,
    errors.OtherProviderAccount: 409,
    errors.ConnectLinkInvalid: 410,
    errors.NotConnected: 409,
    errors.StorageUnavailable: 503,
    provider_errors.TryLater: 503,
    provider_errors.NotYet: 503,
    provider_errors.NeedsConsultant: 409,
    provider_errors.AccessRejected: 502,
    provider_errors.Gone: 502,
    provider_errors.Refused: 502,
    provider_errors.AuthorizationRevoked: 502,
    provider_errors.Misconfigured: 502,
}

MEDIA_TYPE = "application/problem+json"

# The framework names a missing parameter only in its message.
_MISSING = re.compile(r"^Missing required \w+ parameter '([\w-]+)'")


class WrongField(msgspec.Struct):
    field: str
    rule: str


class Problem(msgspec.Struct, omit_defaults=True):
    """`detail` says what went wrong in a sentence for people, `next` what to do next. `code` is stable.

    `fields` names each invalid field with the rule it breaks. `data` contains what a program needs to continue, for
    example `authorize_address`.
    """

    type: str
    title: str
    status: int
    code: str
    detail: str
    next: str
    fields: list[WrongField] = []
    data: dict[str, Any] = {}


def problem_of(error: errors.CalendraError) -> Problem:
    fields = []
    data = {name: value for name, value in error.data.items() if value is not None}
    if isinstance(error, errors.Invalid):
        fields = [WrongField(str(data["field"]), str(data["rule"]))]
        data = {}
    return _problem(STATUS[type(error)], error.code, str(error), error.next, fields, data)


def _problem(
    status: int,
    code: str,
    detail: str,
    following: str,
    fields: list[WrongField] | None = None,
    data: dict[str, Any] | None = None,
) -> Problem:
    title = code.replace("_", " ").capitalize()
    return Problem(f"urn:calendra:problem:{code}", title, status, code, detail, following, fields or [], data or {})


def _answer(problem: Problem) -> Response[Problem]:
    return Response(problem, status_code=problem.status, media_type=MEDIA_TYPE)


def _refusal(_: Request[Any, Any, Any], error: errors.CalendraError) -> Response[Problem]:
    answer = _answer(problem_of(error))
    if "retry_after" in error.data:
        answer.headers["retry-after"] = str(error.data["retry_after"])
    return answer


def _malformed(_: Request[Any, Any, Any], error: ValidationException) -> Response[Problem]:
    """The request does not have the shape that the OpenAPI document describes."""
    extra = error.extra if isinstance(error.extra, list) else []
    named = (one for one in extra if isinstance(one, dict))
    fields = [WrongField(str(one.get("key", "")), _rule(str(one.get("message", "")))) for one in named]
    if missing := _MISSING.search(error.detail):
        fields.append(WrongField(missing[1], "This is missing."))
    return _answer(malformed(fields))


def _too_deep(_: Request[Any, Any, Any], __: RecursionError) -> Response[Problem]:
    return _answer(malformed([WrongField("data", "The JSON is nested too deeply.")]))


def _no_text(_: Request[Any, Any, Any], __: UnicodeDecodeError) -> Response[Problem]:
    return _answer(malformed([WrongField("data", "The text is not UTF-8.")]))


# Replaces messages of the decoder that name types. For a missing body, the framework's message contains only the name
# of the handler's parameter.
_RULES = {"'data'": "The body is missing.", "Invalid UUID": "This is not an id. Choose one of those that exist."}


def _rule(said: str) -> str:
    return _RULES.get(said, said)


def malformed(fields: list[WrongField]) -> Problem:
    said = "; ".join(f"{one.field}: {one.rule}" for one in fields) or "The request cannot be understood."
    return _problem(400, "malformed", said, "Correct the named fields and send it again.", fields)


def http_problem(status: int) -> Problem:
    """Errors that occur before a use case runs."""
    return _problem(status, *_HTTP[status])


_HTTP = {
    400: ("malformed", "The request cannot be understood.", "Check that the body is JSON as the API describes it."),
    403: (
        "csrf_failed",
        "This request lacks the token that your browser was given.",
        "Reload the page and try again. Your drafts are saved.",
    ),
    404: ("not_found", "There is nothing at this address.", "Check the address."),
    405: ("method_not_allowed", "This address does not accept that method.", "See the API description at /schema."),
    413: ("too_large", "The request is larger than one megabyte.", "Shorten the notes, or send less at once."),
    415: ("wrong_media_type", "The body is not JSON.", "Send application/json."),
}


def _http(_: Request[Any, Any, Any], error: HTTPException) -> Response[Problem]:
    unknown = ("refused", "The request was refused.", "See the API description at /schema.")
    code, detail, following = _HTTP.get(error.status_code, unknown)
    answer = _answer(_problem(error.status_code, code, detail, following))
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


def _fault(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    _log.error("unexpected error at %s %s", request.method, request.url.path, exc_info=error)
    detail = "Something went wrong in Calendra."
    following = "Try again. If the problem persists, contact support and mention the time."
    return _answer(_problem(500, "fault", detail, following))


HANDLERS: ExceptionHandlersMap = {
    errors.CalendraError: _refusal,
    ValidationException: _malformed,
    RecursionError: _too_deep,
    UnicodeDecodeError: _no_text,
    HTTPException: _http,
    Exception: _fault,
}
