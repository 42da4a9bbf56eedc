"""RFC 9457 problems: the one table of status codes, and the conversion of every error."""

from typing import Annotated, Any, NamedTuple

import msgspec

from domain import errors, provider_errors
from domain.accounts.errors import (
    AccountChanged,
    AccountEnded,
    AccountNotEnded,
    ConfirmationNeeded,
    FoundingInvalid,
    InvitationInvalid,
    InvitationRevoked,
    LastAdmin,
    LastSecondFactor,
    LoginFailed,
    NoSecondFactor,
    NotLoggedIn,
    OwnResetLink,
    OwnSecondFactor,
    PasskeyFailed,
    PendingLoginEnded,
    ResetLinkInvalid,
    SecondFactorFailed,
    SecondFactorNeeded,
    SessionsToCome,
    SetUpEnded,
    SignsInElsewhere,
    StillConnected,
    TooBusy,
    TooManyAttempts,
    TooManyCodes,
    TooManyLinks,
    TooManyPasskeys,
)
from domain.accounts.sign_on_errors import (
    IdentityProviderFailed,
    IdentityRefused,
    SignInDeclined,
    SignInNotStarted,
    SingleSignOnRequired,
    TooManySignIns,
)
from domain.booking.errors import BookingClosed, ChangedMeanwhile, SlotTaken
from domain.clients.errors import ClientErased, ClientHasSessions
from domain.connection.errors import (
    AuthorizationRequestExpired,
    AuthorizationRequestUnknown,
    AuthorizationRequestUsed,
    ConnectionNeeded,
    ConnectLinkInvalid,
    ConsentDeclined,
    ConsentUnfinished,
    NotConnected,
    OtherProviderAccount,
    ProviderAccountTaken,
    ScopesMissing,
)
from domain.rule import Rule

STATUS: dict[type[errors.CalendraError], int] = {
    errors.Invalid: 422,
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    LastAdmin: 409,
    SessionsToCome: 409,
    StillConnected: 409,
    InvitationInvalid: 410,
    InvitationRevoked: 409,
    SignsInElsewhere: 409,
    FoundingInvalid: 410,
    ResetLinkInvalid: 410,
    AccountEnded: 409,
    AccountNotEnded: 409,
    OwnResetLink: 409,
    LoginFailed: 401,
    SecondFactorFailed: 401,
    PasskeyFailed: 401,
    PendingLoginEnded: 410,
    SetUpEnded: 409,
    TooManyCodes: 429,
    SecondFactorNeeded: 403,
    LastSecondFactor: 409,
    NoSecondFactor: 409,
    OwnSecondFactor: 409,
    TooManyPasskeys: 409,
    TooManyAttempts: 429,
    TooManyLinks: 429,
    TooBusy: 503,
    NotLoggedIn: 401,
    AccountChanged: 409,
    ConfirmationNeeded: 403,
    SingleSignOnRequired: 403,
    SignInNotStarted: 410,
    SignInDeclined: 403,
    IdentityProviderFailed: 502,
    IdentityRefused: 403,
    TooManySignIns: 429,
    SlotTaken: 409,
    ChangedMeanwhile: 412,
    BookingClosed: 409,
    errors.KeyReused: 422,
    errors.ResultGone: 410,
    ClientErased: 409,
    ClientHasSessions: 409,
    ConnectionNeeded: 409,
    AuthorizationRequestUnknown: 400,
    AuthorizationRequestExpired: 410,
    AuthorizationRequestUsed: 409,
    ConsentDeclined: 403,
    ConsentUnfinished: 502,
    ScopesMissing: 403,
    ProviderAccountTaken: 409,
    OtherProviderAccount: 409,
    ConnectLinkInvalid: 410,
    NotConnected: 409,
    errors.StorageUnavailable: 503,
    errors.Overloaded: 503,
    errors.TooManyStreams: 429,
    errors.TooManyRequests: 429,
    provider_errors.TryLater: 503,
    provider_errors.NotYet: 503,
    provider_errors.NeedsConsultant: 409,
    provider_errors.AccessRejected: 502,
    provider_errors.Gone: 502,
    provider_errors.Refused: 502,
    provider_errors.AuthorizationRevoked: 502,
    provider_errors.Misconfigured: 502,
}


class HttpProblem(NamedTuple):
    status: int
    detail: str
    next: str


# Errors that occur before a use case runs, or that no use case knows, by their codes.
OWN = {
    "malformed": HttpProblem(
        400, "The request cannot be understood.", "Check that the body is JSON as the API describes it."
    ),
    "csrf_failed": HttpProblem(
        403,
        "This request lacks the token that your browser was given.",
        "Reload the page and try again. Your drafts are saved.",
    ),
    "no_such_address": HttpProblem(404, "There is nothing at this address.", "Check the address."),
    "method_not_allowed": HttpProblem(
        405, "This address does not accept that method.", "See the API description at /schema."
    ),
    "too_large": HttpProblem(
        413, "The request is larger than one megabyte.", "Shorten the notes, or send less at once."
    ),
    "wrong_media_type": HttpProblem(415, "The body is not JSON.", "Send application/json."),
    "refused": HttpProblem(400, "The request was refused.", "See the API description at /schema."),
    "fault": HttpProblem(
        500,
        "Something went wrong in Calendra.",
        "Try again. If the problem persists, contact support and mention the time.",
    ),
}
CODES = sorted({*(kind.code for kind in STATUS), *OWN})

MEDIA_TYPE = "application/problem+json"


def _code_table() -> str:
    rows = [f"| {code} | {words.status} | {words.detail} |" for code, words in OWN.items()]
    rows += [f"| {kind.code} | {status} | {_meaning(kind)} |" for kind, status in STATUS.items()]
    return "\n".join(["| code | status | meaning |", "|---|---|---|", *sorted(rows)])


def _meaning(kind: type[errors.CalendraError]) -> str:
    return kind.says if kind is not errors.Invalid else "Values break rules, which `fields` names."


def _rule_table() -> str:
    rows = [f"| {rule} | {rule.says} | {rule.advice} |" for rule in Rule]
    return "\n".join(["| code | detail, with its data in braces | next |", "|---|---|---|", *rows])


class WrongField(msgspec.Struct, omit_defaults=True):
    """A value that breaks a rule. `code` names the rule; it is stable. `data` has what `detail` and `next` refer to."""

    field: str
    code: Annotated[Rule, msgspec.Meta(extra_json_schema={"description": _rule_table()})]
    detail: str
    next: str
    data: dict[str, Any] = {}


class Problem(msgspec.Struct, omit_defaults=True):
    """`code` is stable. `detail` says in English what went wrong, `next` what to do next.

    `fields` names each invalid field with the rule it breaks. `data` contains what `detail` and `next` refer to, and
    what a program needs to continue, for example `authorize_address`.
    """

    type: str
    title: str
    status: int
    code: Annotated[str, msgspec.Meta(extra_json_schema={"description": _code_table(), "extra": {"enum": CODES}})]
    detail: str
    next: str
    fields: list[WrongField] = []
    data: dict[str, Any] = {}


def problem_of(error: errors.CalendraError) -> Problem:
    status = STATUS[type(error)]
    if isinstance(error, errors.Invalid):
        return _problem(error.code, HttpProblem(status, str(error), error.next), [_wrong(error)])
    data = {name: value for name, value in error.data.items() if value not in (None, "")}
    return _problem(error.code, HttpProblem(status, str(error), error.next), data=data)


def malformed(wrong: list[errors.Invalid]) -> Problem:
    """The request does not have the shape that the OpenAPI document describes."""
    if not wrong:
        return own_problem("malformed")
    said = "; ".join(map(str, wrong))
    words = HttpProblem(400, said, "Correct the named fields and send it again.")
    return _problem("malformed", words, [_wrong(one) for one in wrong])


def own_problem(code: str, status: int | None = None) -> Problem:
    words = OWN[code]
    return _problem(code, words._replace(status=status or words.status))


def _wrong(error: errors.Invalid) -> WrongField:
    return WrongField(error.field, error.rule, error.detail, error.next, error.data)


def _problem(
    code: str, words: HttpProblem, fields: list[WrongField] | None = None, data: dict[str, Any] | None = None
) -> Problem:
    title = code.replace("_", " ").capitalize()
    return Problem(f"urn:calendra:problem:{code}", title, words.status, code, *words[1:], fields or [], data or {})
