"""Is it alive, and can it work."""

import msgspec
from litestar import Response, get

from application.check_readiness import CheckReadiness
from entrypoints.http.injected import Injected


class Health(msgspec.Struct):
    """`checks` holds for each part `ok`, or what is wrong."""

    ready: bool
    checks: dict[str, str]


@get("/health/live", operation_id="isAlive", summary="The process answers", tags=["health"], opt={"public": True})
async def live() -> Health:
    return Health(ready=True, checks={"process": "ok"})


@get("/health/ready", operation_id="isReady", summary="It can serve", tags=["health"], opt={"public": True})
async def ready(check_readiness: Injected[CheckReadiness]) -> Response[Health]:
    """Only what stops Calendra from serving counts; an ill provider does not: bookings are saved all the same."""
    checks = await check_readiness()
    well = all(said == "ok" for said in checks.values())
    return Response(Health(well, checks), status_code=200 if well else 503)
