"""What stands at the root until the calendar page exists: who is signed in, and where things are."""

from typing import Any

from litestar import Request, Response, get

from application.sign_in import SignIn
from domain.errors import SignedOut
from domain.providers import Providers
from entrypoints.http.given import SESSION_COOKIE, Given
from entrypoints.http.pages import Link, page, sign_in_link


@get("/", include_in_schema=False, opt={"public": True})
async def start_page(
    request: Request[Any, Any, Any], sign_in: Given[SignIn], meeting_providers: Given[Providers]
) -> Response[Any]:
    """A draft that waits is named, so that nobody who comes back from a provider misses it."""
    try:
        visitor = await sign_in.recognise(request.cookies.get(SESSION_COOKIE))
    except SignedOut:
        return page("Welcome", ["Sessions that get their meeting link by themselves."], links=[sign_in_link("/")])
    said = [f"You are signed in as {visitor.account.name}. The calendar page is still to come; the API is complete."]
    links = [Link("/schema/openapi.json", "The API's description")]
    if draft_id := request.query_params.get("draft"):
        said.append("The session form that you left is kept as a draft. It can be read and saved through the API.")
        links.insert(0, Link(f"/api/drafts/{draft_id}", "The kept form"))
    if visitor.account.is_consultant:
        links += [Link(f"/connect-provider/{one.name}", f"Connect {one.label}") for one in meeting_providers]
    return page("Welcome", said, links=links)
