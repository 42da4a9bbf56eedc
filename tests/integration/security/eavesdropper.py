"""A proxy between Calendra and its provider, which records every secret that passes and can return all of them in an
answer."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs

import httpx

_TOKENS = ("access_token", "refresh_token")
_FORM = ("code", "code_verifier", "refresh_token", "token")
_MEETING = ("start_url", "encrypted_password")
_PASSED_ON = ("authorization", "content-type", "accept")


class Eavesdropper:
    """`hostile`: the next answers have this status and kind, and contain every secret recorded so far."""

    def __init__(self, address: str) -> None:
        self.heard: dict[str, str] = {}
        self.hostile: tuple[int, str] | None = None
        self._server = _Server(address, self)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join(10)
        self._server.http.close()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def hear(self, headers: dict[str, str], request: bytes, answer: bytes) -> None:
        self._keep("authorization", headers.get("authorization", "").partition(" ")[2])
        form = parse_qs(request.decode("latin-1")) if b"=" in request else {}
        for name in _FORM:
            self._keep(name, form.get(name, [""])[0])
        for name, value in re.findall(r'"(\w+)": ?"([^"]+)"', answer.decode("utf-8", "replace")):
            if name in (*_TOKENS, *_MEETING):
                self._keep(name, json.loads(f'"{value}"'))

    def _keep(self, name: str, secret: str) -> None:
        if len(secret) >= 12:
            self.heard.setdefault(secret, name)

    def answer(self, kind: str, request: bytes) -> bytes:
        """The answer of a failing or hostile provider: everything that was recorded, the newest first, and the request
        itself."""
        everything = " ".join([*reversed(self.heard), request.decode("latin-1")])
        if kind == "html":
            return f"<!doctype html><html><body><pre>{everything}</pre></body></html>".encode()
        if kind == "broken":
            return f'{{"access_token": "{everything}'.encode()
        known: dict[str, Any] = {"code": 300, "error": "invalid_request", "reason": everything, "message": everything}
        return json.dumps(known | {"errors": [{"field": everything, "message": everything}]}).encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: str, ears: Eavesdropper) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.http = httpx.Client(base_url=address, timeout=30)
        self.ears = ears


class _Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _pass(self) -> None:
        ears = self.server.ears
        request = self.rfile.read(int(self.headers.get("content-length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        if ears.hostile:
            ears.hear(headers, request, b"")
            status, kind = ears.hostile
            mime = {"html": "text/html", "broken": "application/json", "json": "application/json"}[kind]
            self._say(status, mime, ears.answer(kind, request))
            return
        sent = {name: value for name, value in headers.items() if name in _PASSED_ON}
        answer = self.server.http.request(self.command, self.path, content=request, headers=sent)
        ears.hear(headers, request, answer.content)
        self._say(answer.status_code, answer.headers.get("content-type", ""), answer.content)

    def _say(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        if status != 204:
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        if status != 204:
            self.wfile.write(body)

    do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = _pass  # noqa: N815 - the library looks for these names

    def log_message(self, *_: object) -> None:
        """Documented nowhere."""
