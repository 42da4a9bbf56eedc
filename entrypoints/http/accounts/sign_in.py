"""Signing in at the practice's identity provider, and proving there again who one is."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath, FromQuery, JSONBody

from application.accounts.begin_sign_in import BeginSignIn, ToProvider
from application.accounts.complete_sign_in import CompleteSignIn, SignInAnswer
from application.accounts.find_practice import FindPractice
from application.accounts.log_in import Origin, Visitor
from domain.accounts.sign_in_request import LIFETIME
from domain.accounts.sign_on_errors import (
    IdentityProviderFailed,
    IdentityProviderFault,
    IdentityRefused,
    RefusedIdentity,
    SignInDeclined,
    SignInNotStarted,
    TooManySignIns,
)
from domain.errors import NotFound, ObjectKind
from domain.language import Language
from entrypoints.http.accounts.me import Me, me_of
from entrypoints.http.documented_problems import DONE, documented_problems
from entrypoints.http.injected import SIGN_IN_COOKIE, Injected, cookies_of
from entrypoints.settings import Settings

_NO_PRACTICE = NotFound(ObjectKind.PRACTICE)
_FAILED = IdentityProviderFailed(IdentityProviderFault.NOT_RESPONDING)
_BEGIN_PROBLEMS = (_NO_PRACTICE, _FAILED, TooManySignIns(retry_after=10))
_END_PROBLEMS = (
    SignInNotStarted(),
    SignInDeclined(error="access_denied"),
    _FAILED,
    IdentityRefused(RefusedIdentity.NO_ACCOUNT, "ana.novak@example.com"),
)


class SignInPractice(msgspec.Struct):
    """Whose sign-in it is. `language` is the practice's."""

    practice: str
    language: Language | None


class ToProviderResponse(msgspec.Struct):
    """Send the browser to `address`. It comes back to the practice's callback address."""

    address: str


class SignInAnswerForm(msgspec.Struct, forbid_unknown_fields=True):
    """The query parameters with which the identity provider sends the browser back."""

    state: str | None = None
    code: str | None = None
    error: str | None = None
    iss: str | None = None

    def answer(self) -> SignInAnswer:
        return SignInAnswer(self.state, self.code, self.error, self.iss)


@get(
    "/api/sign-in/{organization_id:uuid}",
    operation_id="lookAtSignIn",
    summary="Show the practice of a sign-in link",
    tags=["session"],
    opt={"public": True},
    responses=documented_problems(_NO_PRACTICE, public=True, address=True),
)
async def look_at_sign_in(organization_id: FromPath[UUID], begin_sign_in: Injected[BeginSignIn]) -> SignInPractice:
    """A practice without an identity provider gets the same response as an unknown one."""
    practice = await begin_sign_in.look(organization_id)
    return SignInPractice(practice.name, practice.language)


@post(
    "/api/sign-in/{organization_id:uuid}",
    operation_id="beginSignIn",
    status_code=200,
    summary="Begin a sign-in at the practice's identity provider",
    tags=["session"],
    opt={"public": True},
    responses=documented_problems(*_BEGIN_PROBLEMS, public=True, changes=True, address=True),
)
async def begin_sign_in_here(
    organization_id: FromPath[UUID],
    request: Request[Any, Any, Any],
    origin: Injected[Origin],
    begin_sign_in: Injected[BeginSignIn],
    settings: Injected[Settings],
    anew: FromQuery[bool] = False,
) -> Response[ToProviderResponse]:
    """The answer counts within ten minutes, once, and only in this browser: a cookie binds it. `anew`: the provider
    asks for credentials even if somebody is signed in there, so that another person can."""
    going = await begin_sign_in(organization_id, _browser(request, settings), origin.network, anew=anew)
    return _going(going, settings)


@post(
    "/api/sign-in/{organization_id:uuid}/callback",
    operation_id="completeSignIn",
    summary="Complete a sign-in with the identity provider's answer",
    tags=["session"],
    opt={"public": True},
    responses=documented_problems(*_END_PROBLEMS, public=True, changes=True, address=True),
)
async def complete_sign_in_here(
    organization_id: FromPath[UUID],
    data: JSONBody[SignInAnswerForm],
    request: Request[Any, Any, Any],
    origin: Injected[Origin],
    complete_sign_in: Injected[CompleteSignIn],
    find_practice: Injected[FindPractice],
    settings: Injected[Settings],
) -> Response[Me]:
    """Every sign-in issues new tokens."""
    browser = _browser(request, settings)
    logged_in = await complete_sign_in(organization_id, data.answer(), browser, origin)
    shown = me_of(logged_in.account, await find_practice(logged_in.account))
    return Response(shown, cookies=cookies_of(settings, logged_in))


@post(
    "/api/login/confirmation/provider",
    operation_id="beginConfirmation",
    status_code=200,
    summary="Begin to sign in again at the identity provider, instead of entering the password",
    tags=["session"],
    responses=documented_problems(*_BEGIN_PROBLEMS, changes=True),
)
async def begin_confirmation_here(
    request: Request[Any, Any, Any],
    visitor: Injected[Visitor],
    origin: Injected[Origin],
    begin_sign_in: Injected[BeginSignIn],
    settings: Injected[Settings],
) -> Response[ToProviderResponse]:
    going = await begin_sign_in.again(visitor, _browser(request, settings), origin.network)
    return _going(going, settings)


@post(
    "/api/login/confirmation/provider/callback",
    operation_id="completeConfirmation",
    status_code=204,
    summary="Confirm the login with the identity provider's answer",
    tags=["session"],
    responses={204: DONE, **documented_problems(*_END_PROBLEMS, changes=True)},
)
async def complete_confirmation_here(
    data: JSONBody[SignInAnswerForm],
    request: Request[Any, Any, Any],
    visitor: Injected[Visitor],
    complete_sign_in: Injected[CompleteSignIn],
    settings: Injected[Settings],
) -> None:
    """The provider must say that the person has just entered their credentials (`auth_time`)."""
    await complete_sign_in.again(visitor, data.answer(), _browser(request, settings))


def _browser(request: Request[Any, Any, Any], settings: Settings) -> str | None:
    return request.cookies.get(settings.cookie(SIGN_IN_COOKIE))


def _going(going: ToProvider, settings: Settings) -> Response[ToProviderResponse]:
    cookie = Cookie(
        settings.cookie(SIGN_IN_COOKIE),
        value=going.browser.text,
        path="/",
        max_age=int(LIFETIME.total_seconds()),
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",  # sent when the provider sends the browser back
    )
    return Response(ToProviderResponse(going.address), cookies=[cookie])
