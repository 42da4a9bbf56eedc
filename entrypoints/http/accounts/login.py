"""Signing in and out."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Response, delete, get, post
from litestar.params import FromPath, JSONBody

from application.accounts.confirm_login import ConfirmLogin
from application.accounts.find_practice import FindPractice
from application.accounts.log_in import LogIn, Origin, Visitor
from application.accounts.show_logins import ShowLogins
from domain.accounts.sign_on_errors import SingleSignOnRequired
from domain.errors import Invalid, NotFound, ObjectKind
from domain.rule import Rule
from entrypoints.http.accounts.me import PASSWORD_PROBLEMS, Me
from entrypoints.http.accounts.second_step import CODE_PROBLEMS, SECOND_STEP, entered
from entrypoints.http.documented_problems import DONE, documented_problems
from entrypoints.http.injected import WITHOUT_SECOND_FACTOR, Injected, no_login
from entrypoints.settings import Settings

SINGLE_SIGN_ON = SingleSignOnRequired(sign_in_address="/sign-in/7d444840-9dc0-41c1-b2b6-6f9e8d2d1f3a")
_CODE_NEEDED = Invalid("code", Rule.CODE_NEEDED)


class Credentials(msgspec.Struct, forbid_unknown_fields=True):
    email: str
    password: str


class Proof(msgspec.Struct, forbid_unknown_fields=True):
    """`code`: of the authenticator app, or a recovery code; people with a second factor need one."""

    password: str
    code: str | None = None


class LoggedOutElsewhere(msgspec.Struct):
    """`ended`: the number of other browsers that were signed out."""

    ended: int


@post(
    "/api/login",
    operation_id="logIn",
    summary="Sign in",
    tags=["session"],
    opt={"public": True},
    responses={
        202: SECOND_STEP,
        **documented_problems(*PASSWORD_PROBLEMS, SINGLE_SIGN_ON, public=True, changes=True),
    },
)
async def log_in_here(
    data: JSONBody[Credentials],
    origin: Injected[Origin],
    log_in: Injected[LogIn],
    find_practice: Injected[FindPractice],
    settings: Injected[Settings],
) -> Response[Me]:
    """Every login issues new tokens. After too many attempts, `Retry-After` gives the time until the next one is
    allowed. For a person with a second factor the response is 202, and nobody is signed in yet."""
    step = await log_in(data.email, data.password, origin)
    return await entered(step, find_practice, settings)


@delete(
    "/api/login",
    operation_id="logOut",
    summary="Sign out",
    tags=["session"],
    status_code=204,
    opt=WITHOUT_SECOND_FACTOR,
    responses={204: DONE, **documented_problems(changes=True)},
)
async def log_out(visitor: Injected[Visitor], log_in: Injected[LogIn], settings: Injected[Settings]) -> Response[None]:
    await log_in.out(visitor)
    return Response(None, status_code=204, cookies=[no_login(settings)])


@delete(
    "/api/login/others",
    operation_id="logOutElsewhere",
    summary="Sign out in all other browsers",
    tags=["session"],
    status_code=200,
    responses=documented_problems(changes=True),
)
async def log_out_elsewhere(visitor: Injected[Visitor], log_in: Injected[LogIn]) -> LoggedOutElsewhere:
    return LoggedOutElsewhere(await log_in.out_elsewhere(visitor))


@post(
    "/api/login/confirmation",
    operation_id="confirmLogin",
    summary="Enter the password again",
    tags=["session"],
    status_code=204,
    opt=WITHOUT_SECOND_FACTOR,
    responses={204: DONE, **documented_problems(*PASSWORD_PROBLEMS, *CODE_PROBLEMS, _CODE_NEEDED, changes=True)},
)
async def confirm_login_here(
    data: JSONBody[Proof], visitor: Injected[Visitor], origin: Injected[Origin], confirm_login: Injected[ConfirmLogin]
) -> None:
    """For five minutes, this login may then do what answers `confirmation_needed` otherwise."""
    await confirm_login(visitor, data.password, data.code, origin.network)


class RemainingTime(msgspec.Struct):
    """Whole seconds until this login ends without further use."""

    seconds: int


@get(
    "/api/login/remaining",
    operation_id="showRemainingTime",
    summary="Show when this login ends without use",
    tags=["session"],
    responses=documented_problems(),
)
async def remaining_time(visitor: Injected[Visitor], log_in: Injected[LogIn]) -> RemainingTime:
    """Asking is a use itself, unless X-Calendra-Unattended is sent."""
    return RemainingTime(int(log_in.remaining(visitor).total_seconds()))


class LoginResponse(msgspec.Struct):
    """One browser in which the person is signed in. `browser`, `system` and `network` are null when they are not known.
    `here`: it is the one that asks. `used_at` may lag by an hour, or by a fifteenth of the practice's idle time. `new`:
    the person did not sign in in this browser before, and has not acknowledged it."""

    id: UUID
    browser: str | None
    system: str | None
    network: str | None
    made_at: datetime
    used_at: datetime
    here: bool
    new: bool


@get(
    "/api/login/sessions",
    operation_id="listLogins",
    summary="List the browsers in which I am signed in",
    tags=["session"],
    responses=documented_problems(),
)
async def list_logins(visitor: Injected[Visitor], show_logins: Injected[ShowLogins]) -> list[LoginResponse]:
    """The last used first."""
    own = visitor.login_session
    return [
        LoginResponse(
            one.id,
            one.device.browser,
            one.device.system,
            one.device.network,
            one.made_at,
            one.used_at,
            one.id == own.id,
            own.warns_of(one),
        )
        for one in await show_logins(visitor)
    ]


@delete(
    "/api/login/sessions/{login_id:uuid}",
    operation_id="endLogin",
    summary="Sign out in one of my browsers",
    tags=["session"],
    status_code=204,
    responses={204: DONE, **documented_problems(NotFound(ObjectKind.LOGIN), changes=True)},
)
async def end_login(login_id: FromPath[UUID], visitor: Injected[Visitor], show_logins: Injected[ShowLogins]) -> None:
    await show_logins.end(visitor, login_id)


@post(
    "/api/login/sessions/acknowledge",
    operation_id="acknowledgeLogins",
    summary="Acknowledge the new browsers that the list shows",
    tags=["session"],
    status_code=204,
    responses={204: DONE, **documented_problems(changes=True)},
)
async def acknowledge_logins(visitor: Injected[Visitor], show_logins: Injected[ShowLogins]) -> None:
    await show_logins.acknowledge(visitor)
