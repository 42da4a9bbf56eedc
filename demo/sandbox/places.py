"""The other pages at "Zoom": installed apps, the Marketplace listing, a meeting room, signing out."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from demo.sandbox import removal
from demo.sandbox.consent import SIGNED_IN
from demo.sandbox.meeting_view import moment
from demo.sandbox.meetings import expired
from demo.sandbox.pages import page
from demo.sandbox.sandbox import Sandbox
from demo.sandbox.scopes import in_words
from demo.sandbox.state import Meeting

AnyRequest = Request[Any, Any, Any]


def place_routes(sandbox: Sandbox) -> list[HTTPRouteHandler]:
    return [*_app_pages(sandbox), *_room_pages(sandbox)]


def _app_pages(sandbox: Sandbox) -> list[HTTPRouteHandler]:
    @get("/user/installed", opt={"operation": "page"})
    async def installed(request: AnyRequest) -> Response[str]:
        people = [(p, sandbox.world.installs.get(p.user_id)) for p in sandbox.world.people.values()]
        return page(
            "installed.html",
            app=sandbox.config.app_name,
            people=[(person, moment(found.installed_at) if found else "") for person, found in people],
            removed=request.query_params.get("removed", ""),
        )

    @post("/user/installed/remove", opt={"operation": "page"})
    async def remove(request: AnyRequest) -> Redirect:
        form = dict(parse_qsl((await request.body()).decode()))
        person = sandbox.person(form.get("account", ""))
        removal.remove_app(sandbox, person.user_id)
        return Redirect(f"/user/installed?{urlencode({'removed': person.email})}", status_code=303)

    @get("/marketplace", opt={"operation": "page"})
    async def listing() -> Response[str]:
        """Zoom creates the address behind "Add": it has no state and no PKCE challenge of the app."""
        config = sandbox.config
        start = {
            "response_type": "code",
            "client_id": config.client_id,
            "redirect_uri": config.redirect_uris[0],
        }
        return page(
            "listing.html",
            app=config.app_name,
            add=f"/oauth/authorize?{urlencode(start)}",
            scopes=in_words(config.scopes),
        )

    @get("/logout", opt={"operation": "page"})
    async def logout() -> Response[str]:
        gone = Cookie(SIGNED_IN, value="", max_age=0, httponly=True, samesite="lax", path="/")
        return page("signed_out.html", [gone], app=sandbox.config.app_name)

    return [installed, remove, listing, logout]


def _room_pages(sandbox: Sandbox) -> list[HTTPRouteHandler]:
    @get("/", opt={"operation": "page"})
    async def home() -> Response[str]:
        return page("home.html", app=sandbox.config.app_name)

    @get(["/j/{number:int}", "/s/{number:int}"], opt={"operation": "page"})
    async def room(request: AnyRequest, number: FromPath[int]) -> Response[str]:
        meeting = _joinable(sandbox, number, request.query_params.get("pwd"))
        if meeting is None:
            return page(
                "problem.html",
                status=404,
                title="This meeting link is not valid",
                detail="The meeting was deleted, has expired, or the link is incomplete. Ask the host for a new one.",
            )
        return page(
            "room.html",
            meeting=meeting,
            host=sandbox.world.people[meeting.host],
            start=moment(meeting.start),
            as_host=request.url.path.startswith("/s/"),
        )

    return [home, room]


def _joinable(sandbox: Sandbox, number: int, pwd: str | None) -> Meeting | None:
    """By meeting id or personal room. A passcode in the link must be the current one."""
    for meeting in sandbox.world.meetings.values():
        if number not in (meeting.id, meeting.pmi) or meeting.deleted_at is not None:
            continue
        if pwd in (None, meeting.pwd) and not expired(meeting, sandbox.now()):
            return meeting
    return None
