"""Signing in by a plain form, for people who come from elsewhere."""

from typing import Annotated, Any

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import BodyKwarg, QueryParameter
from litestar.response import Redirect

from application.sign_in import SignIn
from domain.errors import SignInFailed
from entrypoints.http.given import Given
from entrypoints.http.pages import Field, Form, page
from entrypoints.http.session import session_cookie
from entrypoints.settings import Settings

Following = Annotated[str, QueryParameter(name="next")]
FormBody = Annotated[dict[str, str], BodyKwarg(media_type=RequestEncodingType.URL_ENCODED)]


@get("/sign-in", include_in_schema=False, opt={"public": True})
async def sign_in_page(following: Following = "/") -> Response[Any]:
    return _form(following)


@post("/sign-in", include_in_schema=False, opt={"public": True})
async def sign_in_by_form(data: FormBody, sign_in: Given[SignIn], settings: Given[Settings]) -> Response[Any]:
    following = data.get("next", "/")
    try:
        secret, _ = await sign_in(data.get("email", ""), data.get("password", ""))
    except SignInFailed as error:
        return _form(following, email=data.get("email", ""), error=f"{error} {error.next}")
    return Redirect(within_here(following), status_code=303, cookies=[session_cookie(settings, secret.text)])


def within_here(address: str) -> str:
    """A path of ours; anything that a browser could read as another place becomes the start page."""
    own = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if own and "\\" not in address else "/"


def _form(following: str, *, email: str = "", error: str = "") -> Response[Any]:
    fields = [
        Field("next", "hidden", value=within_here(following)),
        Field("email", "email", "E-mail address", value=email, autocomplete="username"),
        Field("password", "password", "Password", autocomplete="current-password"),
    ]
    form = Form("/sign-in", "Sign in", fields)
    return page("Sign in", [], form=form, error=error, status_code=401 if error else 200)
