"""The way back from a provider's consent page: what the browser was sent back with, handed in by the page there."""

from uuid import UUID

import msgspec
from litestar import post
from litestar.params import FromPath, JSONBody

from application.accounts.sign_in import Visitor
from application.connection.complete_connection import CompleteConnection, Connected, Return
from domain.errors import (
    AttemptExpired,
    AttemptUnknown,
    AttemptUsed,
    ConsentDeclined,
    ConsentUnfinished,
    NotFound,
    OtherProviderAccount,
    ProviderAccountTaken,
    ScopesMissing,
)
from entrypoints.http.given import Given
from entrypoints.http.refusals import refusals

_REFUSED = (
    AttemptUnknown, AttemptExpired, AttemptUsed, ConsentDeclined, ConsentUnfinished, ScopesMissing,
    ProviderAccountTaken, OtherProviderAccount,
)  # fmt: skip
_EXAMPLE = {
    "label": "Zoom",
    "email": "ana.novak@example.com",
    "expected": "ana@example.org",
    "reason": "it sent no authorization.",
    "scopes": "meeting:write:meeting",
}


class ReturnForm(msgspec.Struct, forbid_unknown_fields=True):
    """The query of the address that the provider sent the browser back to."""

    state: str | None = None
    code: str | None = None
    error: str | None = None


class ConnectedShown(msgspec.Struct):
    """`account` is the e-mail address at the provider; `draft_id` the form that waits to be saved."""

    provider: str
    label: str
    account: str
    account_name: str
    plan: str
    draft_id: UUID | None


@post(
    "/api/connections/{provider:str}/return",
    operation_id="completeConnection",
    status_code=200,
    summary="Back from the provider's consent page",
    tags=["connections"],
    responses=refusals(NotFound("meeting provider"), *(kind(**_EXAMPLE) for kind in _REFUSED), changes=True),
)
async def complete(
    provider: FromPath[str],
    data: JSONBody[ReturnForm],
    visitor: Given[Visitor],
    complete_connection: Given[CompleteConnection],
) -> ConnectedShown:
    """Nothing is connected that this browser did not ask for: a code without our state is refused.

    A refusal whose `data` hold `draft_id` names the form that is still kept.
    """
    back = Return(data.state, data.code, data.error)
    return _shown(await complete_connection(visitor.account, visitor.session_id, provider, back))


def _shown(connected: Connected) -> ConnectedShown:
    account = connected.account
    return ConnectedShown(
        connected.provider, connected.label, account.email, account.name, account.plan, connected.draft_id
    )
