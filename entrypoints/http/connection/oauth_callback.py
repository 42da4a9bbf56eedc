"""The OAuth callback: the page passes on the query with which the provider's consent page redirected the browser."""

from uuid import UUID

import msgspec
from litestar import post
from litestar.params import FromPath, JSONBody

from application.accounts.log_in import Visitor
from application.connection.complete_connection import AuthorizationResponse, CompleteConnection, Connected
from domain.connection.errors import (
    AuthorizationRequestExpired,
    AuthorizationRequestUnknown,
    AuthorizationRequestUsed,
    ConsentDeclined,
    ConsentUnfinished,
    OtherProviderAccount,
    ProviderAccountTaken,
    ScopesMissing,
    UnfinishedReason,
)
from domain.errors import NotFound, ObjectKind
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import Injected

_ZOOM = "Zoom"
_REFUSED = (
    AuthorizationRequestUnknown(label=_ZOOM),
    AuthorizationRequestExpired(label=_ZOOM),
    AuthorizationRequestUsed(label=_ZOOM),
    ConsentDeclined(label=_ZOOM),
    ConsentUnfinished(label=_ZOOM, reason=UnfinishedReason.NO_AUTHORIZATION_SENT),
    ScopesMissing(label=_ZOOM, scopes=["meeting:write:meeting"]),
    ProviderAccountTaken(label=_ZOOM, email="ana.novak@example.com"),
    OtherProviderAccount(label=_ZOOM, email="ana.novak@example.com", expected="ana@example.org"),
)


class AuthorizationResponseForm(msgspec.Struct, forbid_unknown_fields=True):
    """The query parameters of the redirect from the provider."""

    state: str | None = None
    code: str | None = None
    error: str | None = None


class ConnectedResponse(msgspec.Struct):
    """`account` is the e-mail address at the provider. `draft_id` is the draft to save next."""

    provider: str
    label: str
    account: str
    account_name: str
    plan: str
    draft_id: UUID | None


@post(
    "/api/connections/{provider:str}/callback",
    operation_id="completeConnection",
    status_code=200,
    summary="Complete the connection after the provider's consent page",
    tags=["connections"],
    responses=documented_problems(NotFound(ObjectKind.MEETING_PROVIDER), *_REFUSED, changes=True),
)
async def complete(
    provider: FromPath[str],
    data: JSONBody[AuthorizationResponseForm],
    visitor: Injected[Visitor],
    complete_connection: Injected[CompleteConnection],
) -> ConnectedResponse:
    """Connects only in answer to an authorization request of this browser: a code without its state is refused.

    A problem whose `data` contain `draft_id` names the draft that is still stored.
    """
    back = AuthorizationResponse(data.state, data.code, data.error)
    return _shown(await complete_connection(visitor.account, visitor.login_id, provider, back))


def _shown(connected: Connected) -> ConnectedResponse:
    account = connected.account
    return ConnectedResponse(
        connected.provider, connected.label, account.email, account.name, account.plan, connected.draft_id
    )
