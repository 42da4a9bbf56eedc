"""Pages that start a connection: the personal link, and the button after a detour."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from application.connect_provider import ConnectProvider
from application.invite_to_connect import InviteToConnect
from application.sign_in import SignIn, Visitor
from domain.errors import ConnectLinkInvalid, SignedOut
from domain.providers import Providers
from entrypoints.http.given import SESSION_COOKIE, Given
from entrypoints.http.pages import Form, Link, page, sign_in_link


@get("/connect/{token:str}", include_in_schema=False, opt={"public": True})
async def personal_link(token: FromPath[str], request: Request[Any, Any, Any], sign_in: Given[SignIn]) -> Response[Any]:
    """Opening the link uses nothing up: mail programs open links too."""
    try:
        visitor = await sign_in.recognise(request.cookies.get(SESSION_COOKIE))
    except SignedOut:
        said = ["An admin of your practice asks you to connect your own account for online sessions."]
        return page("Sign in to connect", said, links=[sign_in_link(f"/connect/{token}")])
    said = [f"You are signed in as {visitor.account.name}. On the next page you allow Calendra to make your meetings."]
    return page("Connect your account", said, form=Form(f"/connect/{token}", "Connect"))


@post("/connect/{token:str}", include_in_schema=False)
async def use_personal_link(
    token: FromPath[str], visitor: Given[Visitor], invite_to_connect: Given[InviteToConnect]
) -> Response[Any]:
    try:
        departure = await invite_to_connect.redeem(visitor.account, visitor.session_id, token)
    except ConnectLinkInvalid as error:
        return page("This link does not work", [str(error), error.next], status_code=410)
    return Redirect(departure.address, status_code=303)


@get("/connect-provider/{provider:str}", include_in_schema=False)
async def offer_connection(
    provider: FromPath[str], visitor: Given[Visitor], meeting_providers: Given[Providers]
) -> Response[Any]:
    found = meeting_providers[provider]
    if not visitor.account.is_consultant:
        said = [f"You hold no sessions, so you need no {found.label} account here. Consultants connect their own."]
        return page(f"Nothing to connect, {visitor.account.name}", said, links=[Link("/", "To the start page")])
    said = [
        f"You are signed in as {visitor.account.name}. {found.label} asks you next whether Calendra may make meetings."
    ]
    return page(f"Connect {found.label}", said, form=Form(f"/connect-provider/{found.name}", f"Connect {found.label}"))


@post("/connect-provider/{provider:str}", include_in_schema=False)
async def depart(
    provider: FromPath[str], visitor: Given[Visitor], connect_provider: Given[ConnectProvider]
) -> Redirect:
    departure = await connect_provider(visitor.account, visitor.session_id, provider)
    return Redirect(departure.address, status_code=303)
