"""Assembles the sandbox as one Litestar application."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import msgspec
from litestar import Litestar, Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp

from demo.sandbox import errors
from demo.sandbox.config import SandboxConfig
from demo.sandbox.consent import consent_routes
from demo.sandbox.control import control_routes
from demo.sandbox.control_meetings import firing_routes, host_routes
from demo.sandbox.control_people import account_routes, consent_control_routes
from demo.sandbox.deliveries import Deliveries
from demo.sandbox.gate import Gate
from demo.sandbox.limits import Limits
from demo.sandbox.meetings_api import meeting_routes
from demo.sandbox.people import people_routes
from demo.sandbox.places import place_routes
from demo.sandbox.sandbox import Sandbox
from demo.sandbox.token_endpoint import token_routes


def create_sandbox(config: SandboxConfig | None = None, state: Path | None = None) -> Litestar:
    sandbox = Sandbox(config or SandboxConfig(), state)
    limits = Limits(sandbox)

    def gate(app: ASGIApp) -> ASGIApp:
        return Gate(app, sandbox)

    @contextlib.asynccontextmanager
    async def delivering(_: Litestar) -> AsyncGenerator[None, None]:
        task = asyncio.create_task(Deliveries(sandbox).run())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    return Litestar(
        route_handlers=[
            *consent_routes(sandbox),
            *token_routes(sandbox),
            *meeting_routes(sandbox, limits),
            *people_routes(sandbox, limits),
            *place_routes(sandbox),
            *account_routes(sandbox, limits),
            *consent_control_routes(sandbox),
            *host_routes(sandbox),
            *firing_routes(sandbox),
            *control_routes(sandbox),
        ],
        middleware=[gate],
        exception_handlers={errors.Refusal: errors.answer_refusal, HTTPException: _unknown_endpoint},
        lifespan=[delivering],
        openapi_config=None,
        logging_config=None,
    )


def _unknown_endpoint(_: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """For an address or method that the sandbox does not serve."""
    known = error.status_code in (404, 405)
    body = (
        {"code": 2300, "message": "This API endpoint is not recognized."}
        if known
        else {"code": error.status_code, "message": error.detail}
    )
    return Response(
        msgspec.json.encode(body),
        status_code=404 if known else error.status_code,
        media_type="application/json",
    )
