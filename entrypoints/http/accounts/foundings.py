"""Founds a practice with a one-time link that the operator creates."""

from datetime import datetime
from uuid import uuid4

import msgspec
from litestar import Response, post
from litestar.params import JSONBody

from application.accounts.find_practice import FindPractice
from application.accounts.found_practice import FoundPractice
from application.accounts.log_in import Origin
from domain.accounts.errors import FoundingInvalid, SignsInElsewhere, TooBusy
from domain.accounts.founding import Proposal
from domain.errors import Invalid
from domain.language import Language
from domain.rule import Rule
from entrypoints.http.accounts.invitations import LINK_PROBLEMS, LinkForm
from entrypoints.http.accounts.me import SHORT_PASSWORD, Me, me_of
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import Injected, cookies_of
from entrypoints.settings import Settings

_ADDRESS = Invalid("email", Rule.FOUNDING_ADDRESS, email="maja@example.com")
_ZONE = Invalid("zone", Rule.NOT_A_TIME_ZONE, zone="Mars")


class ProposalResponse(msgspec.Struct):
    """The known values, to be completed or changed. An empty text is not known yet. A known `email` is fixed."""

    practice: str
    zone: str
    language: Language | None
    name: str
    email: str
    consultant: bool
    ends_at: datetime


class FoundingForm(msgspec.Struct, forbid_unknown_fields=True):
    """`consultant`: the founder also holds sessions."""

    token: str
    practice: str
    zone: str
    language: Language
    name: str
    email: str
    password: str
    consultant: bool = True


@post(
    "/api/foundings/look",
    operation_id="lookAtFounding",
    status_code=200,
    summary="Show what a founding link contains; changes nothing",
    tags=["practice"],
    opt={"public": True},
    responses=documented_problems(FoundingInvalid(), *LINK_PROBLEMS, public=True, changes=True),
)
async def look_at_founding(
    data: JSONBody[LinkForm], origin: Injected[Origin], found_practice: Injected[FoundPractice]
) -> ProposalResponse:
    founding = await found_practice.look(data.token, origin.network)
    it = founding.proposal
    return ProposalResponse(it.practice, it.zone, it.language, it.name, it.email, it.consultant, founding.ends_at)


@post(
    "/api/foundings",
    operation_id="foundPractice",
    summary="Set up a practice and sign in as its first admin",
    tags=["practice"],
    opt={"public": True},
    responses=documented_problems(
        FoundingInvalid(),
        SignsInElsewhere(email="maja@example.com"),
        _ADDRESS,
        _ZONE,
        SHORT_PASSWORD,
        TooBusy(retry_after=5),
        *LINK_PROBLEMS,
        public=True,
        changes=True,
    ),
)
async def found(
    data: JSONBody[FoundingForm],
    origin: Injected[Origin],
    found_practice: Injected[FoundPractice],
    find_practice: Injected[FindPractice],
    settings: Injected[Settings],
) -> Response[Me]:
    wanted = Proposal(data.practice, data.zone, data.language, data.name, data.email, data.consultant)
    logged_in = await found_practice(data.token, uuid4(), wanted, data.password, origin)
    shown = me_of(logged_in.account, await find_practice(logged_in.account))
    return Response(shown, cookies=cookies_of(settings, logged_in))
