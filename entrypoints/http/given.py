"""What handlers are given: use cases from the container, and the visitor."""

from typing import Annotated, Any, TypeVar

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, SkipValidation

from application.sign_in import SignIn, Visitor

T = TypeVar("T")

Given = NamedDependency[SkipValidation[T]]
"""A dependency by the parameter's name. Not validated: use cases are plain Python objects."""

SESSION_COOKIE = "calendra_session"

IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", description="The ETag that the edit started from.")]


async def provide_visitor(request: Request[Any, Any, Any], sign_in: Given[SignIn]) -> Visitor:
    """Raises SignedOut, which is 401."""
    return await sign_in.recognise(request.cookies.get(SESSION_COOKIE))
