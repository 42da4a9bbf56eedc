"""Builds the Litestar application from the container."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

from litestar import Litestar, Request
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.di import Provide
from litestar.exceptions import ClientException, PermissionDeniedException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ControllerRouterHandler

from entrypoints.http.accounts.foundings import found, look_at_founding
from entrypoints.http.accounts.invitations import Invitations
from entrypoints.http.accounts.login import (
    acknowledge_logins,
    confirm_login_here,
    end_login,
    list_logins,
    log_in_here,
    log_out,
    log_out_elsewhere,
    remaining_time,
)
from entrypoints.http.accounts.me import change_me, change_my_password, me
from entrypoints.http.accounts.passkeys import (
    begin_passkey_confirmation,
    begin_passkey_login,
    confirm_login_with_passkey,
    log_in_with_passkey,
)
from entrypoints.http.accounts.people import People
from entrypoints.http.accounts.practice import (
    change_idle_time,
    change_practice_here,
    demand_second_factor_here,
    first_steps,
    practice_history,
)
from entrypoints.http.accounts.reset_links import look_at_reset_link, use_reset_link_here
from entrypoints.http.accounts.second_factor import SecondFactor
from entrypoints.http.accounts.second_step import finish_login_here
from entrypoints.http.accounts.sign_in import (
    begin_confirmation_here,
    begin_sign_in_here,
    complete_confirmation_here,
    complete_sign_in_here,
    look_at_sign_in,
)
from entrypoints.http.accounts.single_sign_on import SingleSignOnOfPractice
from entrypoints.http.booking.bookings import Bookings
from entrypoints.http.booking.drafts import Drafts
from entrypoints.http.clients.client_records import ClientRecords
from entrypoints.http.clients.clients import Clients
from entrypoints.http.connection.connections import Connections
from entrypoints.http.connection.consultants import connection_history, list_consultants
from entrypoints.http.connection.erasures import erase, erase_person, list_receipts, receipt
from entrypoints.http.connection.oauth_callback import complete
from entrypoints.http.demo import demo_people
from entrypoints.http.events import events
from entrypoints.http.headers import security_headers
from entrypoints.http.health import live, ready
from entrypoints.http.help import help_facts, list_providers
from entrypoints.http.injected import CSRF_COOKIE, provide_origin, provide_visitor
from entrypoints.http.problem_handlers import HANDLERS
from entrypoints.http.request_context import within_request
from entrypoints.http.security_log import export_security_log, list_security_events
from entrypoints.http.security_txt import security_txt
from entrypoints.http.web_page import web_page
from entrypoints.http.webhooks import receive_webhook_event_here
from entrypoints.settings import Settings

API: list[ControllerRouterHandler] = [
    Bookings,
    Connections,
    complete,
    Drafts,
    log_in_here,
    finish_login_here,
    begin_passkey_login,
    log_in_with_passkey,
    begin_passkey_confirmation,
    confirm_login_with_passkey,
    log_out,
    log_out_elsewhere,
    confirm_login_here,
    remaining_time,
    list_logins,
    end_login,
    acknowledge_logins,
    look_at_sign_in,
    begin_sign_in_here,
    complete_sign_in_here,
    begin_confirmation_here,
    complete_confirmation_here,
    SecondFactor,
    me,
    change_me,
    People,
    look_at_reset_link,
    use_reset_link_here,
    Invitations,
    look_at_founding,
    found,
    change_practice_here,
    change_idle_time,
    demand_second_factor_here,
    practice_history,
    first_steps,
    SingleSignOnOfPractice,
    list_security_events,
    export_security_log,
    demo_people,
    change_my_password,
    Clients,
    ClientRecords,
    list_consultants,
    connection_history,
    erase,
    erase_person,
    list_receipts,
    receipt,
    events,
    help_facts,
    list_providers,
    receive_webhook_event_here,
    live,
    ready,
    security_txt,
]

LARGEST_BODY = 1_000_000
NOT_BY_BROWSERS = "exclude_from_csrf"


async def json_only(request: Request[Any, Any, Any]) -> None:
    """Rejects any other content type, which the framework might parse as JSON by chance."""
    headers = request.headers
    body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and kind != "application/json" and request.url.path.startswith("/api"):
        raise ClientException(status_code=415)


async def from_here_only(request: Request[Any, Any, Any]) -> None:
    """Browsers report the origin of a request. Pages of other origins may change nothing, including pages of the same
    domain that could set cookies here."""
    elsewhere = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    guarded = request.method not in ("GET", "HEAD", "OPTIONS") and not request.route_handler.opt.get(NOT_BY_BROWSERS)
    if elsewhere and guarded:
        raise PermissionDeniedException


async def acceptable(request: Request[Any, Any, Any]) -> None:
    await from_here_only(request)
    await json_only(request)


Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]


def create_app(settings: Settings, use_cases: Mapping[str, Callable[[], Any]], lifespan: list[Lifespan]) -> Litestar:
    """`use_cases`: the factory for each handler parameter of that name, called once per request."""
    given = {name: Provide(make, sync_to_thread=False) for name, make in use_cases.items()}
    return Litestar(
        [*API, *web_page()],
        dependencies={**given, "visitor": Provide(provide_visitor), "origin": Provide(provide_origin)},
        exception_handlers=HANDLERS,
        before_request=acceptable,
        middleware=[within_request],
        before_send=[security_headers(https=settings.secure_cookies)],
        csrf_config=CSRFConfig(
            secret=settings.csrf_secret,
            cookie_name=settings.cookie(CSRF_COOKIE),
            cookie_secure=settings.secure_cookies,
            exclude_from_csrf_key=NOT_BY_BROWSERS,
        ),
        compression_config=CompressionConfig(backend="gzip", exclude=["/api/events", "/assets"]),
        openapi_config=OpenAPIConfig(
            title="Calendra",
            version="0.1.0",
            description="Sessions that get their meeting link automatically.",
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
            use_handler_docstrings=True,
        ),
        request_max_body_size=LARGEST_BODY,
        lifespan=lifespan,
        logging_config=None,
        pdb_on_exception=False,
    )
