"""Choosing a new password with a one-time link."""

from datetime import datetime

import msgspec
from litestar import Response, post
from litestar.params import JSONBody

from application.accounts.find_practice import FindPractice
from application.accounts.log_in import Origin
from application.accounts.use_reset_link import UseResetLink
from domain.accounts.errors import ResetLinkInvalid, TooBusy
from domain.language import Language
from entrypoints.http.accounts.invitations import LINK_PROBLEMS, LinkForm
from entrypoints.http.accounts.login import SINGLE_SIGN_ON
from entrypoints.http.accounts.me import SHORT_PASSWORD, Me
from entrypoints.http.accounts.second_step import SECOND_STEP, entered
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import Injected
from entrypoints.settings import Settings


class ResetLinkResponse(msgspec.Struct):
    """Whose password it is. `language` is the practice's."""

    practice: str
    language: Language | None
    name: str
    email: str
    ends_at: datetime


class NewPasswordForm(msgspec.Struct, forbid_unknown_fields=True):
    token: str
    password: str


@post(
    "/api/reset-links/look",
    operation_id="lookAtResetLink",
    status_code=200,
    summary="Show whose password a link resets; changes nothing",
    tags=["session"],
    opt={"public": True},
    responses=documented_problems(ResetLinkInvalid(), *LINK_PROBLEMS, public=True, changes=True),
)
async def look_at_reset_link(
    data: JSONBody[LinkForm], origin: Injected[Origin], use_reset_link: Injected[UseResetLink]
) -> ResetLinkResponse:
    seen = await use_reset_link.look(data.token, origin.network)
    practice, account = seen.organization, seen.account
    return ResetLinkResponse(practice.name, practice.language, account.name, account.email, seen.link.ends_at)


@post(
    "/api/reset-links/use",
    operation_id="useResetLink",
    summary="Choose a new password with a link, and sign in",
    tags=["session"],
    opt={"public": True},
    responses={
        202: SECOND_STEP,
        **documented_problems(
            ResetLinkInvalid(),
            SINGLE_SIGN_ON,
            SHORT_PASSWORD,
            TooBusy(retry_after=5),
            *LINK_PROBLEMS,
            public=True,
            changes=True,
        ),
    },
)
async def use_reset_link_here(
    data: JSONBody[NewPasswordForm],
    origin: Injected[Origin],
    use_reset_link: Injected[UseResetLink],
    find_practice: Injected[FindPractice],
    settings: Injected[Settings],
) -> Response[Me]:
    """All browsers of the person are signed out; this one gets a new login session. For a person with a second factor
    the response is 202: the password is changed, and the second factor is still needed to sign in."""
    step = await use_reset_link(data.token, data.password, origin)
    return await entered(step, find_practice, settings)
