"""The page: one HTML document for every address that people visit, and the files that it loads."""

import mimetypes
import secrets
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from entrypoints.http.headers import page_policy

DIST = Path(__file__).parent.parent / "web" / "dist"

# The same addresses as in entrypoints/web/app.tsx.
ADDRESSES = [
    "/",
    "/sign-in",
    "/sessions",
    "/clients",
    "/clients/{client_id:uuid}",
    "/connections",
    "/practice",
    "/join",
    "/start",
    "/help",
    "/help/{provider:str}",
    "/connect/{token:str}",
    "/connect-provider/{provider:str}",
    "/oauth/{provider:str}/callback",
]
_NOT_BUILT = "The page is not built. Run `make page`, then start Calendra again. The API works meanwhile."
_PROGRAMS = [("api",), ("webhooks",), ("health",), ("schema",), ("assets",)]
_FOREVER = "public, max-age=31536000, immutable"  # a file's name changes with its content
_ENCODINGS = {"br": ".br", "gzip": ".gz"}  # the build has compressed each file, better ones first


def web_page(dist: Path = DIST) -> list[ControllerRouterHandler]:
    index = dist / "index.html"
    return [*_page(index.read_text()), _files(dist / "assets")] if index.exists() else [_nothing()]


def _page(text: str) -> list[ControllerRouterHandler]:
    def document(status_code: int) -> Response[str]:
        """A nonce for the few style elements that components make themselves; scripts come from our files only."""
        nonce = secrets.token_urlsafe(16)
        headers = {"content-security-policy": page_policy(nonce)}
        return Response(
            text.replace("{{nonce}}", nonce), media_type="text/html", headers=headers, status_code=status_code
        )

    @get(ADDRESSES, include_in_schema=False, opt={"public": True}, sync_to_thread=False)
    def page() -> Response[str]:
        return document(200)

    @get("/{elsewhere:path}", include_in_schema=False, opt={"public": True}, sync_to_thread=False)
    def nowhere(elsewhere: FromPath[Path], request: Request[Any, Any, Any]) -> Response[str]:
        """For people the page, which says so; for programs a problem."""
        if elsewhere.parts[1:2] in _PROGRAMS or "text/html" not in request.headers.get("accept", ""):
            raise NotFoundException
        return document(404)

    return [page, nowhere]


def _files(folder: Path) -> ControllerRouterHandler:
    """Two megabytes in memory, so that a name leads to a file of the build and nowhere else."""
    found = {file.name: file.read_bytes() for file in folder.iterdir()}

    @get("/assets/{name:str}", include_in_schema=False, opt={"public": True}, sync_to_thread=False)
    def file(name: FromPath[str], request: Request[Any, Any, Any]) -> Response[bytes]:
        if name not in found or name.endswith((*_ENCODINGS.values(),)):
            raise NotFoundException
        headers = {"cache-control": _FOREVER, "vary": "accept-encoding"}
        accepted = request.headers.get("accept-encoding", "")
        encoding = next((one for one, ending in _ENCODINGS.items() if one in accepted and name + ending in found), None)
        if encoding:
            headers["content-encoding"] = encoding
        content = found[name + _ENCODINGS[encoding] if encoding else name]
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(content, media_type=kind, headers=headers)

    return file


def _nothing() -> ControllerRouterHandler:
    @get(ADDRESSES, include_in_schema=False, opt={"public": True}, sync_to_thread=False)
    def page() -> Response[str]:
        return Response(_NOT_BUILT, media_type="text/plain", status_code=503)

    return page
