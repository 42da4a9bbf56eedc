"""The HTTP client for Zoom: limited in time and in connections, and without cookies."""

from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from adapters.zoom.lanes import Lanes
from adapters.zoom.settings import ZoomSettings

CONCURRENT_CALLS = 64
_LANES = 8


def zoom_http(settings: ZoomSettings) -> httpx.AsyncClient:
    """Creates the client for the whole process. Close it when the process ends.

    The client rejects cookies: all consultants share it, and a cookie would link their calls.
    """
    each = CONCURRENT_CALLS // _LANES
    limits = httpx.Limits(max_connections=each, max_keepalive_connections=each, keepalive_expiry=30)
    return httpx.AsyncClient(
        timeout=httpx.Timeout(
            connect=settings.connect_seconds,
            read=settings.read_seconds,
            write=settings.read_seconds,
            pool=settings.connect_seconds,
        ),
        mounts={"all://": Lanes(_LANES, limits)},  # overrides a proxy from the environment
        follow_redirects=False,
        cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
        headers={"user-agent": "Calendra", "accept": "application/json"},
    )
