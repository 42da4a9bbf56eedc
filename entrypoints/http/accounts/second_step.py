"""The second step of a sign-in: the answer that asks for it, and its end."""

from datetime import datetime
from typing import Annotated, Any, cast

import msgspec
from litestar import Response, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody

from application.accounts.find_practice import FindPractice
from application.accounts.finish_login import FinishLogin
from application.accounts.log_in import LoggedIn, Origin, SecondStep
from domain.accounts.errors import PendingLoginEnded, SecondFactorFailed, TooManyCodes
from domain.accounts.second_factors import Factor
from entrypoints.http.accounts.me import Me, me_of
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import Injected, cookies_of, no_pending, pending_cookie_of
from entrypoints.settings import Settings

CODE_PROBLEMS = (SecondFactorFailed(), TooManyCodes(retry_after=900))


class SecondStepNeeded(msgspec.Struct):
    """The password was right; nobody is signed in yet. `kinds`: the second factors that the person has; a recovery code
    serves in any case. Send `token` and a code to `POST /api/login/second-step` from the same browser, until
    `ends_at`."""

    token: str
    kinds: list[Factor]
    ends_at: datetime


class CodeForm(msgspec.Struct, forbid_unknown_fields=True):
    """`code`: six digits of the authenticator app, or a recovery code. Spaces and hyphens make no difference."""

    token: str
    code: Annotated[str, msgspec.Meta(max_length=100)]


SECOND_STEP = ResponseSpec(
    SecondStepNeeded, generate_examples=False, description="The person has a second factor, which is needed too"
)


async def entered(step: LoggedIn | SecondStep, find_practice: FindPractice, settings: Settings) -> Response[Me]:
    """The person who is signed in, or 202 with what is still needed."""
    if isinstance(step, SecondStep):
        needed = SecondStepNeeded(step.token.text, list(step.kinds), step.ends_at)
        answer = Response(needed, status_code=202, cookies=[pending_cookie_of(settings, step)])
        return cast(Response[Me], cast(Any, answer))
    shown = me_of(step.account, await find_practice(step.account))
    return Response(shown, cookies=[*cookies_of(settings, step), no_pending(settings)])


@post(
    "/api/login/second-step",
    operation_id="finishLogin",
    summary="Finish signing in with a code",
    tags=["session"],
    opt={"public": True},
    responses=documented_problems(*CODE_PROBLEMS, PendingLoginEnded(), public=True, changes=True),
)
async def finish_login_here(
    data: JSONBody[CodeForm],
    origin: Injected[Origin],
    finish_login: Injected[FinishLogin],
    find_practice: Injected[FindPractice],
    settings: Injected[Settings],
) -> Response[Me]:
    """After the fifth wrong code, the sign-in begins again with the password."""
    return await entered(await finish_login(data.token, data.code, origin), find_practice, settings)
