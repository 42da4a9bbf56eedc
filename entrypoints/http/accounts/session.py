"""Signing in and out."""

import msgspec
from litestar import Response, delete, post
from litestar.params import JSONBody

from application.accounts.find_practice import FindPractice
from application.accounts.sign_in import Origin, SignIn, Visitor
from entrypoints.http.accounts.me import PASSWORD_PROBLEMS, Me, me_of
from entrypoints.http.documented_problems import DONE, documented_problems
from entrypoints.http.injected import Injected, cookies_of, no_session
from entrypoints.settings import Settings


class Credentials(msgspec.Struct, forbid_unknown_fields=True):
    email: str
    password: str


class SignedOutElsewhere(msgspec.Struct):
    """`ended`: how many other browsers were signed in."""

    ended: int


@post(
    "/api/session",
    operation_id="signIn",
    summary="Sign in",
    tags=["session"],
    opt={"public": True},
    responses=documented_problems(*PASSWORD_PROBLEMS, public=True, changes=True),
)
async def sign_in_here(
    data: JSONBody[Credentials],
    origin: Injected[Origin],
    sign_in: Injected[SignIn],
    find_practice: Injected[FindPractice],
    settings: Injected[Settings],
) -> Response[Me]:
    """New tokens with every sign-in. After too many tries `Retry-After` says when the next one is looked at."""
    signed_in = await sign_in(data.email, data.password, origin)
    shown = me_of(signed_in.account, await find_practice(signed_in.account))
    return Response(shown, cookies=cookies_of(settings, signed_in))


@delete(
    "/api/session",
    operation_id="signOut",
    summary="Sign out",
    tags=["session"],
    status_code=204,
    responses={204: DONE, **documented_problems(changes=True)},
)
async def sign_out(
    visitor: Injected[Visitor], sign_in: Injected[SignIn], settings: Injected[Settings]
) -> Response[None]:
    await sign_in.out(visitor)
    return Response(None, status_code=204, cookies=[no_session(settings)])


@delete(
    "/api/session/others",
    operation_id="signOutElsewhere",
    summary="Sign out in all other browsers",
    tags=["session"],
    status_code=200,
    responses=documented_problems(changes=True),
)
async def sign_out_elsewhere(visitor: Injected[Visitor], sign_in: Injected[SignIn]) -> SignedOutElsewhere:
    return SignedOutElsewhere(await sign_in.out_elsewhere(visitor))
