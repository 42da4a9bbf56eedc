"""The dependencies of handlers: use cases from the container, and the visitor that the cookie identifies."""

from datetime import timedelta
from typing import Annotated, Any, TypeVar

from litestar import Request
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.middleware.csrf import generate_csrf_token
from litestar.params import HeaderParameter, SkipValidation

from application.accounts.log_in import LoggedIn, LogIn, Origin, SecondStep, Visitor
from application.limit_requests import LimitRequests
from domain.accounts.device import Device
from domain.accounts.errors import AccountChanged
from domain.accounts.known_browser import LIFETIME as KNOWN_FOR
from domain.accounts.login_session import LIFETIME
from domain.accounts.pending_login import LIFETIME as PENDING_LIFETIME
from entrypoints.http.client_network import source_of
from entrypoints.settings import Settings

T = TypeVar("T")

Injected = NamedDependency[SkipValidation[T]]
"""A dependency by the parameter's name. Not validated: use cases are plain Python objects."""

CONFIRMED = {"confirmed": True}
"""The option of a route that needs a fresh proof of who the person is."""

STREAM = {"stream": True}
"""The option of the event stream: it is no use of the login session, because pages open it by themselves, and it does
not count against the account's request allowance, because it has limits of its own."""

WITHOUT_SECOND_FACTOR = {"without_second_factor": True}
"""The option of a route that a login may use although the practice demands a second factor that it does not have."""

LOGIN_COOKIE, BROWSER_COOKIE, CSRF_COOKIE = "calendra_session", "calendra_browser", "calendra_csrf"
SIGN_IN_COOKIE, PENDING_COOKIE = "calendra_sign_in", "calendra_pending"

IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", description="The ETag that the edit started from.")]


ForAccount = Annotated[
    str | None,
    HeaderParameter(
        name="X-Calendra-Account",
        description="The id of the account that the caller expects. The request fails if another one is signed in.",
    ),
]


Unattended = Annotated[
    str | None,
    HeaderParameter(
        name="X-Calendra-Unattended",
        description="Sent with any value by a page that makes this request by itself: it does not extend the login.",
    ),
]


async def provide_visitor(
    request: Request[Any, Any, Any],
    log_in: Injected[LogIn],
    settings: Injected[Settings],
    limit_requests: Injected[LimitRequests],
    for_account: ForAccount = None,
    unattended: Unattended = None,
) -> Visitor:
    """Raises NotLoggedIn, which is 401, TooManyRequests, AccountChanged if the page was loaded by another account, and
    at a route with the option CONFIRMED ConfirmationNeeded. Without the option WITHOUT_SECOND_FACTOR, also
    SecondFactorNeeded."""
    stream = bool(request.route_handler.opt.get("stream"))
    visitor = await log_in.recognise(login_token(request, settings), use=unattended is None and not stream)
    if not stream:
        limit_requests(visitor.account)
    if for_account is not None and for_account.lower() != str(visitor.account.id):
        raise AccountChanged
    if not request.route_handler.opt.get("without_second_factor"):
        log_in.must_have_second_factor(visitor)
    if request.route_handler.opt.get("confirmed"):
        log_in.must_be_confirmed(visitor)
    return visitor


async def provide_origin(request: Request[Any, Any, Any], settings: Injected[Settings]) -> Origin:
    browser = request.cookies.get(settings.cookie(BROWSER_COOKIE))
    network = source_of(request)
    device = Device.of_user_agent(request.headers.get("user-agent", ""), network)
    pending = request.cookies.get(settings.cookie(PENDING_COOKIE))
    return Origin(network, login_token(request, settings), browser, device, pending)


def login_token(request: Request[Any, Any, Any], settings: Settings) -> str | None:
    return request.cookies.get(settings.cookie(LOGIN_COOKIE))


def cookies_of(settings: Settings, logged_in: LoggedIn) -> list[Cookie]:
    """All cookies get new values, so a cookie that an attacker planted before is worthless."""
    csrf = generate_csrf_token(settings.csrf_secret)
    return [
        _cookie(settings, LOGIN_COOKIE, logged_in.login.text, LIFETIME),
        _cookie(settings, BROWSER_COOKIE, logged_in.browser.text, KNOWN_FOR),
        Cookie(settings.cookie(CSRF_COOKIE), value=csrf, secure=settings.secure_cookies, samesite="lax"),
    ]


def pending_cookie_of(settings: Settings, step: SecondStep) -> Cookie:
    return _cookie(settings, PENDING_COOKIE, step.browser.text, PENDING_LIFETIME)


def no_pending(settings: Settings) -> Cookie:
    """Deletes the cookie."""
    return _cookie(settings, PENDING_COOKIE, "", timedelta(0))


def no_login(settings: Settings) -> Cookie:
    """Deletes the cookie."""
    return _cookie(settings, LOGIN_COOKIE, "", timedelta(0))


def _cookie(settings: Settings, name: str, token: str, lifetime: timedelta) -> Cookie:
    return Cookie(
        settings.cookie(name),
        value=token,
        path="/",
        max_age=int(lifetime.total_seconds()),
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",
    )
