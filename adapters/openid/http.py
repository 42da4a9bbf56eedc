"""The HTTP client for identity providers: limited in time and in connections, without cookies and redirects."""

from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

_CONNECT_SECONDS, _READ_SECONDS = 5.0, 8.0
_LIMITS = httpx.Limits(max_connections=32, max_keepalive_connections=8, keepalive_expiry=30)


def openid_http() -> httpx.AsyncClient:
    """Creates the client for the whole process. Close it when the process ends.

    A redirect could lead to an address that no admin has named, so none is followed.
    """
    return httpx.AsyncClient(
        timeout=httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS, pool=_CONNECT_SECONDS),
        limits=_LIMITS,
        follow_redirects=False,
        trust_env=False,
        cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
        headers={"user-agent": "Calendra", "accept": "application/json", "accept-encoding": "identity"},
    )
