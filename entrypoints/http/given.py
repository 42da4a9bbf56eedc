"""What handlers are given: use cases from the container, and the visitor, whom a cookie names."""

from typing import Annotated, Any, TypeVar

from litestar import Request
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, SkipValidation

from application.sign_in import SignIn, Visitor
from domain.sign_in import LIFETIME
from entrypoints.settings import Settings

T = TypeVar("T")

Given = NamedDependency[SkipValidation[T]]
"""A dependency by the parameter's name. Not validated: use cases are plain Python objects."""

SESSION_COOKIE = "calendra_session"

IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", description="The ETag that the edit started from.")]


async def provide_visitor(request: Request[Any, Any, Any], sign_in: Given[SignIn]) -> Visitor:
    """Raises SignedOut, which is 401."""
    return await sign_in.recognise(request.cookies.get(SESSION_COOKIE))


def session_cookie(settings: Settings, token: str) -> Cookie:
    """An empty token takes the cookie back."""
    return Cookie(
        SESSION_COOKIE,
        value=token,
        path="/",
        max_age=int(LIFETIME.total_seconds()) if token else 0,
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",
    )
