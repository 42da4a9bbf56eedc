"""Liveness and readiness."""

import msgspec
from litestar import Response, get

from application.check_readiness import CheckReadiness
from entrypoints.http.injected import Injected


class Health(msgspec.Struct):
    """`checks` gives for each part `ok`, or a description of the problem."""

    ready: bool
    checks: dict[str, str]


@get("/health/live", operation_id="isAlive", summary="The process responds", tags=["health"], opt={"public": True})
async def live() -> Health:
    return Health(ready=True, checks={"process": "ok"})


@get("/health/ready", operation_id="isReady", summary="The service is ready", tags=["health"], opt={"public": True})
async def ready(check_readiness: Injected[CheckReadiness]) -> Response[Health]:
    """Checks only what Calendra needs to serve. A failing provider does not count: bookings are saved regardless."""
    checks = await check_readiness()
    well = all(said == "ok" for said in checks.values())
    return Response(Health(well, checks), status_code=200 if well else 503)
