"""The page: one HTML document for every address that people visit, and the files that it loads."""

import secrets
from pathlib import Path
from typing import Any

from litestar import Response, get
from litestar.datastructures import CacheControlHeader
from litestar.static_files import create_static_files_router
from litestar.types import ControllerRouterHandler

from entrypoints.http.headers import page_policy

DIST = Path(__file__).parent.parent / "web" / "dist"

# The same names as in entrypoints/web/app.tsx.
ADDRESSES = [
    "/",
    "/sign-in",
    "/sessions",
    "/connections",
    "/help",
    "/help/{provider:str}",
    "/connect/{token:str}",
    "/connect-provider/{provider:str}",
    "/oauth/{provider:str}/callback",
]
_NOT_BUILT = "The page is not built. Run `make page`, then start Calendra again. The API works meanwhile."
_YEAR = 31_536_000  # seconds; a file's name changes with its content


def web_page(dist: Path = DIST) -> list[ControllerRouterHandler]:
    index = dist / "index.html"
    if not index.exists():
        return [_nothing()]
    text = index.read_text()

    @get(ADDRESSES, include_in_schema=False, opt={"public": True}, sync_to_thread=False, media_type="text/html")
    def page() -> Response[Any]:
        """A nonce for the few style elements that components make themselves; scripts come from our files only."""
        nonce = secrets.token_urlsafe(16)
        headers = {"content-security-policy": page_policy(nonce)}
        return Response(text.replace("{{nonce}}", nonce), media_type="text/html", headers=headers)

    files = create_static_files_router(
        path="/assets",
        directories=[dist / "assets"],
        include_in_schema=False,
        opt={"public": True},
        cache_control=CacheControlHeader(max_age=_YEAR, immutable=True, public=True),
    )
    return [page, files]


def _nothing() -> ControllerRouterHandler:
    @get(ADDRESSES, include_in_schema=False, opt={"public": True}, sync_to_thread=False)
    def page() -> Response[str]:
        return Response(_NOT_BUILT, media_type="text/plain", status_code=503)

    return page
