"""The page: one HTML document for every address that people open, and the files that it loads."""

import mimetypes
import secrets
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from entrypoints.http.headers import page_policy
from entrypoints.http.injected import LOGIN_COOKIE

DIST = Path(__file__).parent.parent / "web" / "dist"

# The same addresses as in entrypoints/web/app.tsx.
ADDRESSES = [
    "/",
    "/sign-in",
    "/sign-in/{practice:str}",
    "/sign-in/{practice:str}/callback",
    "/sessions",
    "/clients",
    "/clients/{client_id:str}",
    "/connections",
    "/practice",
    "/practice/security-log",
    "/join",
    "/start",
    "/reset",
    "/help",
    "/help/{provider:str}",
    "/connect/{token:str}",
    "/connect-provider/{provider:str}",
    "/oauth/{provider:str}/callback",
]
_NOT_BUILT = "The page is not built. Run `make page`, then start Calendra again. The API works meanwhile."
_PROGRAMS = [("api",), ("webhooks",), ("health",), ("schema",), ("assets",)]
_FOREVER = "public, max-age=31536000, immutable"  # a file's name changes with its content
_ASK_AGAIN = "no-cache"
# Files at the root with stable names: the manifest, and the service worker, whose scope is its folder.
_BESIDE = {"manifest.webmanifest": "application/manifest+json", "service-worker.js": "text/javascript"}
# First path segments of pages that need no login. The service worker ignores them: some carry tokens.
OUTSIDE = {"sign-in", "help", "join", "start", "reset", "oauth", "connect", "connect-provider"}
_ENCODINGS = {"br": ".br", "gzip": ".gz"}  # the build has compressed each file; preferred encodings first


def web_page(dist: Path = DIST) -> list[ControllerRouterHandler]:
    index = dist / "index.html"
    if not index.exists():
        return [_nothing()]
    return [*_page(index.read_text()), _files(dist / "assets"), *_beside(dist)]


def _page(text: str) -> list[ControllerRouterHandler]:
    def document(request: Request[Any, Any, Any], status_code: int) -> Response[str]:
        """Sets a nonce for the style elements of the document and of components; scripts come from our files only. The
        first empty frame is the calendar's only if the browser has a login cookie."""
        nonce = secrets.token_urlsafe(16)
        headers = {"content-security-policy": page_policy(nonce)}
        known = any(name.endswith(LOGIN_COOKIE) for name in request.cookies)
        outside = request.url.path.split("/")[1] in OUTSIDE or status_code != 200
        place = "inside" if known and not outside else "outside"
        filled = text.replace("{{nonce}}", nonce).replace("{{place}}", place)
        return Response(filled, media_type="text/html", headers=headers, status_code=status_code)

    @get(ADDRESSES, include_in_schema=False, opt={"public": True}, sync_to_thread=False)
    def page(request: Request[Any, Any, Any]) -> Response[str]:
        return document(request, 200)

    @get("/{elsewhere:path}", include_in_schema=False, opt={"public": True}, sync_to_thread=False)
    def nowhere(elsewhere: FromPath[Path], request: Request[Any, Any, Any]) -> Response[str]:
        """Browsers get the page, which shows the error; programs get a problem."""
        if elsewhere.parts[1:2] in _PROGRAMS or "text/html" not in request.headers.get("accept", ""):
            raise NotFoundException
        return document(request, 404)

    return [page, nowhere]


def _files(folder: Path) -> ControllerRouterHandler:
    """Keeps the files in memory (two megabytes), so that a name can reach no other file."""
    found = {file.name: file.read_bytes() for file in folder.iterdir()}

    @get("/assets/{name:str}", include_in_schema=False, opt={"public": True}, sync_to_thread=False)
    def file(name: FromPath[str], request: Request[Any, Any, Any]) -> Response[bytes]:
        if name not in found or name.endswith((*_ENCODINGS.values(),)):
            raise NotFoundException
        headers = {"cache-control": _FOREVER, "vary": "accept-encoding"}
        accepted = _accepted(request.headers.get("accept-encoding", ""))
        encoding = next((one for one, ending in _ENCODINGS.items() if one in accepted and name + ending in found), None)
        if encoding:
            headers["content-encoding"] = encoding
        content = found[name + _ENCODINGS[encoding] if encoding else name]
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(content, media_type=kind, headers=headers)

    return file


def _accepted(header: str) -> set[str]:
    """The encodings that an Accept-Encoding header allows. Source: RFC 9110, 12.5.3; a weight of 0 means "not"."""
    parts = (one.replace(" ", "").lower().partition(";q=") for one in header.split(","))
    return {name for name, _, weight in parts if name and (not weight or weight.strip("0."))}


def _beside(dist: Path) -> list[ControllerRouterHandler]:
    def served(name: str, kind: str) -> ControllerRouterHandler:
        content = (dist / name).read_bytes()

        @get(f"/{name}", include_in_schema=False, opt={"public": True}, sync_to_thread=False)
        def file() -> Response[bytes]:
            return Response(content, media_type=kind, headers={"cache-control": _ASK_AGAIN})

        return file

    return [served(name, kind) for name, kind in _BESIDE.items() if (dist / name).exists()]


def _nothing() -> ControllerRouterHandler:
    @get(ADDRESSES, include_in_schema=False, opt={"public": True}, sync_to_thread=False)
    def page() -> Response[str]:
        return Response(_NOT_BUILT, media_type="text/plain", status_code=503)

    return page
