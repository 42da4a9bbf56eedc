"""Signing in and out."""

import msgspec
from litestar import Response, delete, post
from litestar.params import JSONBody

from application.find_practice import FindPractice
from application.sign_in import SignIn, Visitor
from domain.errors import SignInFailed
from entrypoints.http.given import Given, session_cookie
from entrypoints.http.me import Me, me_of
from entrypoints.http.refusals import DONE, refusals
from entrypoints.settings import Settings


class Credentials(msgspec.Struct, forbid_unknown_fields=True):
    email: str
    password: str


@post(
    "/api/session",
    operation_id="signIn",
    summary="Sign in",
    tags=["session"],
    opt={"public": True},
    responses=refusals(SignInFailed(), public=True, changes=True),
)
async def sign_in_here(
    data: JSONBody[Credentials], sign_in: Given[SignIn], find_practice: Given[FindPractice], settings: Given[Settings]
) -> Response[Me]:
    """A new token with every sign-in, so that one planted before is worth nothing."""
    secret, account = await sign_in(data.email, data.password)
    shown = me_of(account, await find_practice(account))
    return Response(shown, cookies=[session_cookie(settings, secret.text)])


@delete(
    "/api/session",
    operation_id="signOut",
    summary="Sign out",
    tags=["session"],
    status_code=204,
    responses={204: DONE, **refusals(changes=True)},
)
async def sign_out(visitor: Given[Visitor], sign_in: Given[SignIn], settings: Given[Settings]) -> Response[None]:
    await sign_in.out(visitor)
    return Response(None, status_code=204, cookies=[session_cookie(settings, "")])
