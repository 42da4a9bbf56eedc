"""The HTTP client that suits Zoom: bounded in time and number, and without a memory for cookies."""

from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from adapters.zoom.lanes import Lanes
from adapters.zoom.settings import ZoomSettings

CONCURRENT_CALLS = 64
_LANES = 8


def zoom_http(settings: ZoomSettings) -> httpx.AsyncClient:
    """One for the whole process. Close it when the process ends.

    Cookies are refused: the client is shared by all consultants, and a cookie would tie their calls together.
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
        mounts={"all://": Lanes(_LANES, limits)},  # a proxy that the environment names for a scheme goes before it
        follow_redirects=False,
        cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
        headers={"user-agent": "Calendra", "accept": "application/json"},
    )
