"""GET /oauth/authorize: the page on which a person authorizes the app, declines, or must ask an administrator."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from demo.sandbox import tokens
from demo.sandbox.config import Person
from demo.sandbox.errors import Refusal
from demo.sandbox.pages import page
from demo.sandbox.sandbox import Sandbox
from demo.sandbox.scopes import in_words
from demo.sandbox.state import Code

AnyRequest = Request[Any, Any, Any]
SIGNED_IN = "sandbox_signed_in"


class Ask(msgspec.Struct, frozen=True):
    """A validated authorization request."""

    redirect_uri: str
    state: str | None = None
    challenge: str = ""
    method: str = ""


class Unfit(Exception):
    """The browser stays on this page, which shows the reason."""

    def __init__(self, code: int, title: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.title, self.detail = code, title, detail


def consent_routes(sandbox: Sandbox) -> list[HTTPRouteHandler]:
    @get("/oauth/authorize", opt={"operation": "authorize"})
    async def authorize(request: AnyRequest) -> Response[Any]:
        query = request.scope["query_string"].decode("latin-1")
        try:
            ask = read_ask(sandbox, query)
        except Unfit as unfit:
            return _refusal(unfit)
        person = sandbox.world.people.get(request.cookies.get(SIGNED_IN, ""))
        if person and _agreed_before(sandbox, person):
            return Redirect(str(decide(sandbox, ask, person, "approve")), status_code=302)
        return page(
            "consent.html",
            app=sandbox.config.app_name,
            scopes=in_words(sandbox.config.scopes),
            people=list(sandbox.world.people.values()),
            chosen=person.user_id if person else "",
            query=query,
            goes_to=urlsplit(ask.redirect_uri).netloc,
        )

    @post("/oauth/authorize/decision", opt={"operation": "authorize"})
    async def decision(request: AnyRequest) -> Response[Any]:
        form = dict(parse_qsl((await request.body()).decode()))
        try:
            ask = read_ask(sandbox, form.get("query", ""))
            person = sandbox.person(form.get("account", ""))
            location = decide(sandbox, ask, person, form.get("decision", ""))
        except Unfit as unfit:
            return _refusal(unfit)
        cookies = [Cookie(SIGNED_IN, value=person.user_id, httponly=True, samesite="lax", path="/")]
        if location is None:
            return page("pending.html", cookies, app=sandbox.config.app_name, person=person, query=form["query"])
        return Redirect(location, status_code=302, cookies=cookies)

    return [authorize, decision]


def read_ask(sandbox: Sandbox, query: str) -> Ask:
    """Checks in Zoom's order: the app, the address to return to, then the rest."""
    given = dict(parse_qsl(query, keep_blank_values=True))
    if given.get("client_id") != sandbox.config.client_id:
        raise Unfit(4702, "", f"Invalid client: {given.get('client_id', '')}")
    redirect_uri = given.get("redirect_uri", "")
    if redirect_uri not in sandbox.config.redirect_uris:
        raise Unfit(4700, "", f"Invalid redirect: {redirect_uri}")
    if "scope" in given:
        raise Unfit(0, "Invalid scope", "The permissions are those set in the app. Leave out the scope parameter.")
    if given.get("response_type") != "code":
        raise Unfit(0, "Invalid request", "The response_type must be code.")
    challenge = given.get("code_challenge", "")
    method = given.get("code_challenge_method", "plain") if challenge else ""
    if method not in ("", "plain", "S256"):
        raise Unfit(0, "Invalid request", "The code_challenge_method must be S256 or plain.")
    return Ask(redirect_uri, given.get("state"), challenge, method)


def decide(
    sandbox: Sandbox, ask: Ask, person: Person, decision: str, scopes: tuple[str, ...] | None = None
) -> str | None:
    """The address of the redirect, or None if an administrator must agree first."""
    if decision == "decline":
        return _with_query(ask, error="access_denied")
    if decision == "ask_admin" or (decision == "approve" and person.needs_admin_approval):
        return None
    if decision != "approve":
        raise Unfit(0, "Nothing was chosen", "Go back and choose Approve or Decline.")
    if not _may_add(sandbox, person):
        raise Unfit(0, "This app is not published", "Only its developer's own Zoom account can add it.")
    granted = sandbox.config.scopes if scopes is None else scopes
    tokens.install(sandbox, person, granted)
    until = sandbox.now() + sandbox.config.code_seconds
    code = Code(person.user_id, ask.redirect_uri, granted, until, ask.challenge, ask.method)
    return _with_query(ask, code=tokens.new_code(sandbox, code))


def _agreed_before(sandbox: Sandbox, person: Person) -> bool:
    installed = sandbox.world.installs.get(person.user_id)
    if person.needs_admin_approval or installed is None:
        return False
    return set(installed.scopes) >= set(sandbox.config.scopes)


def _may_add(sandbox: Sandbox, person: Person) -> bool:
    return sandbox.config.published or person.account_id == sandbox.config.developer_account_id


def _with_query(ask: Ask, **values: str) -> str:
    parts = urlsplit(ask.redirect_uri)
    added = values if ask.state is None else values | {"state": ask.state}
    query = "&".join(filter(None, (parts.query, urlencode(added))))
    return urlunsplit(parts._replace(query=query))


def _refusal(unfit: Unfit) -> Response[Any]:
    if unfit.code:
        body = {"status": False, "errorCode": unfit.code, "errorMessage": unfit.detail, "result": None}
        return Response(msgspec.json.encode(body), status_code=400, media_type="application/json")
    return page("problem.html", status=400, title=unfit.title, detail=unfit.detail)


def unfit_as_refusal(unfit: Unfit) -> Refusal:
    """For the control API, which answers in JSON only."""
    return Refusal(400, {"problem": unfit.detail, "errorCode": unfit.code, "title": unfit.title})
