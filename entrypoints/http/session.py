"""Signing in and out, and who I am."""

from uuid import UUID

import msgspec
from litestar import Response, delete, get, post
from litestar.datastructures import Cookie
from litestar.params import JSONBody

from application.sign_in import SignIn, Visitor
from domain.account import Account
from domain.errors import SignInFailed
from domain.sign_in import LIFETIME
from entrypoints.http.given import SESSION_COOKIE, Given
from entrypoints.http.refusals import refusals
from entrypoints.settings import Settings


class Credentials(msgspec.Struct, forbid_unknown_fields=True):
    email: str
    password: str


class Me(msgspec.Struct):
    id: UUID
    organization_id: UUID
    name: str
    email: str
    roles: list[str]
    zone: str


def me_of(account: Account) -> Me:
    roles = sorted(account.roles)
    return Me(account.id, account.organization_id, account.name, account.email, [*roles], account.zone)


def session_cookie(settings: Settings, token: str) -> Cookie:
    return Cookie(
        SESSION_COOKIE,
        value=token,
        path="/",
        max_age=int(LIFETIME.total_seconds()) if token else 0,
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",
    )


@post(
    "/api/session",
    operation_id="signIn",
    summary="Sign in",
    tags=["session"],
    opt={"public": True},
    responses=refusals(SignInFailed(), public=True, changes=True),
)
async def sign_in_here(data: JSONBody[Credentials], sign_in: Given[SignIn], settings: Given[Settings]) -> Response[Me]:
    """A new token with every sign-in, so that one planted before is worth nothing."""
    secret, account = await sign_in(data.email, data.password)
    return Response(me_of(account), cookies=[session_cookie(settings, secret.text)])


@delete(
    "/api/session",
    operation_id="signOut",
    summary="Sign out",
    tags=["session"],
    status_code=204,
    responses=refusals(changes=True),
)
async def sign_out(visitor: Given[Visitor], sign_in: Given[SignIn], settings: Given[Settings]) -> Response[None]:
    await sign_in.out(visitor)
    return Response(None, status_code=204, cookies=[session_cookie(settings, "")])


@get("/api/me", operation_id="getMe", summary="Who I am", tags=["session"], responses=refusals())
async def me(visitor: Given[Visitor]) -> Me:
    return me_of(visitor.account)
