"""The way back from a provider's consent page, whoever comes and whatever they carry."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Template

from application.complete_connection import CompleteConnection, Connected, Return
from application.sign_in import SignIn
from domain.errors import (
    AttemptExpired,
    AttemptFailed,
    AttemptUnknown,
    AttemptUsed,
    ConsentDeclined,
    ConsentUnfinished,
    OtherProviderAccount,
    ProviderAccountTaken,
    ScopesMissing,
    SignedOut,
)
from domain.ports.meeting_provider import Provider
from domain.providers import Providers
from entrypoints.http.given import SESSION_COOKIE, Given
from entrypoints.http.pages import Form, Link, page, sign_in_link
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

# `state` is a name that Litestar keeps for its own.
State = Annotated[str | None, QueryParameter(name="state")]


class ConnectedShown(msgspec.Struct):
    """`account` is the e-mail address at the provider; `draft_id` the form that waits to be saved."""

    provider: str
    label: str
    account: str
    draft_id: UUID | None


@get(
    "/oauth/{provider:str}/callback",
    operation_id="completeConnection",
    summary="Back from the provider's consent page",
    description="A page for browsers; with `Accept: application/json` the same as JSON, refusals as problems.",
    tags=["connections"],
    opt={"public": True},
    responses=refusals(*(kind(**_EXAMPLE) for kind in _REFUSED), public=False),
)
async def callback(
    provider: FromPath[str],
    request: Request[Any, Any, Any],
    meeting_providers: Given[Providers],
    sign_in: Given[SignIn],
    complete_connection: Given[CompleteConnection],
    oauth_state: State = None,
    code: FromQuery[str | None] = None,
    error: FromQuery[str | None] = None,
) -> Response[Any]:
    """Nothing is connected that this browser did not ask for: a code without our state is dropped."""
    found = meeting_providers[provider]
    as_json = request.accept.best_match(["text/html", "application/json"]) == "application/json"
    try:
        visitor = await sign_in.recognise(request.cookies.get(SESSION_COOKIE))
        if oauth_state is None:
            return _from_directory(found)
        back = Return(oauth_state, code, error)
        connected = await complete_connection(visitor.account, visitor.session_id, found.name, back)
    except SignedOut:
        if as_json:
            raise
        return _signed_out(found, returning=oauth_state is not None)
    except AttemptFailed as failure:
        if as_json:
            raise
        return _failed(found, failure)
    return Response(_shown(connected)) if as_json else _welcome(connected)


def _shown(connected: Connected) -> ConnectedShown:
    return ConnectedShown(connected.provider, connected.label, connected.account.email, connected.draft_id)


def _welcome(connected: Connected) -> Template:
    said = [f"Calendra now makes your online meetings in the {connected.label} account {connected.account.email}."]
    if connected.draft_id is None:
        return page(f"{connected.label} connected", said, links=[Link("/", "Open the calendar")])
    said.append("Your session form is as you left it. Save it, and the link is made.")
    return page(f"{connected.label} connected", said, links=[_form_link(str(connected.draft_id))])


def _failed(provider: Provider, failure: AttemptFailed) -> Template:
    draft_id = failure.data.get("draft_id")
    links = [_form_link(str(draft_id))] if draft_id else [Link("/", "Open the calendar")]
    return page(
        f"{provider.label} is still not connected",
        [str(failure), failure.next],
        form=_connect_form(provider),
        links=links,
        status_code=400,
    )


def _from_directory(provider: Provider) -> Template:
    """A person began at the provider's app directory. The code is not ours to use: a fresh attempt replaces it."""
    return page(
        f"Connect {provider.label} to Calendra",
        [
            f"You come from {provider.label}. Nothing is connected yet.",
            (
                f"Press the button to connect the {provider.label} account that you are signed in with to your own "
                "Calendra account. You may be asked to allow it once more."
            ),
        ],
        form=_connect_form(provider),
        links=[Link("/", "Not now, open the calendar")],
    )


def _signed_out(provider: Provider, *, returning: bool) -> Template:
    said = [f"{provider.label} sent you to Calendra, but you are not signed in here, so nothing is connected yet."]
    if returning:
        said.append(f"Sign in and connect {provider.label} again. A session form that you had open is kept.")
    else:
        said.append(
            "Calendra is a calendar in which a practice books sessions with its clients. If your practice uses it, "
            f"sign in and connect {provider.label} there. If it does not, there is nothing you need to do here, and "
            f"you can remove Calendra again at {provider.label}."
        )
    away = Link(provider.removal_address, f"Remove Calendra at {provider.label}")
    return page("Almost there", said, links=[sign_in_link(f"/connect-provider/{provider.name}"), away])


def _connect_form(provider: Provider) -> Form:
    return Form(f"/connect-provider/{provider.name}", f"Connect {provider.label}")


def _form_link(draft_id: str) -> Link:
    return Link(f"/?draft={draft_id}", "Back to the session form")
