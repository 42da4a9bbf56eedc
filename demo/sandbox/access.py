"""Authenticates the caller: reads and checks the Bearer token of an API request."""

from typing import Any

from litestar import Request

from demo.sandbox import errors, tokens
from demo.sandbox.config import Person
from demo.sandbox.limits import Limits
from demo.sandbox.sandbox import Sandbox
from demo.sandbox.scopes import require

AnyRequest = Request[Any, Any, Any]


def address_of(sandbox: Sandbox, request: AnyRequest) -> str:
    """The sandbox's own address as the caller sees it."""
    if sandbox.config.public_url:
        return sandbox.config.public_url.rstrip("/")
    return f"{request.scope['scheme']}://{request.headers.get('host', '127.0.0.1')}"


class Door:
    """Returns the person on whose behalf a call runs, or raises Zoom's refusal."""

    def __init__(self, sandbox: Sandbox, limits: Limits) -> None:
        self._sandbox = sandbox
        self._limits = limits

    def open(self, request: AnyRequest, scope: str, category: str = "Light") -> Person:
        if b"access_token=" in request.scope["query_string"]:
            raise errors.token_in_query()
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise errors.invalid_access_token()
        if not value.strip():
            raise errors.refused(401, 4700, "Token cannot be empty.")
        token = tokens.access_token(self._sandbox, value.strip())
        person = self._sandbox.world.people[token.user_id]
        request.scope["sandbox.account"] = person.email  # type: ignore[typeddict-unknown-key]
        self._limits.pace(person.account_id, category)
        require(token.scopes, scope)
        return person


def only_me(user_id: str, scope: str) -> None:
    """A user-level token may name no user but `me`, not even its own user by id."""
    if user_id != "me":
        raise errors.missing_scopes(f"{scope}:admin")


def may_host(person: Person) -> None:
    if not person.may_host:
        raise errors.refused(400, 3161, "Your user account is not allowed meeting hosting and scheduling capabilities.")


async def json_body(request: AnyRequest) -> bytes:
    if not request.headers.get("content-type", "").lower().startswith("application/json"):
        raise errors.refused(415, 300, "Unsupported Content Type")
    return await request.body()
