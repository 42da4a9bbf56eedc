"""The app's side of the notifications: a small server that stores what it gets and returns configured answers."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from typing import Any


@dataclass
class WebhookEvent:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Listener:
    address: str
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    heard: Queue[WebhookEvent] = field(default_factory=Queue)

    def next(self) -> WebhookEvent:
        return self.heard.get(timeout=5)

    def silent(self, seconds: float = 0.3) -> bool:
        try:
            self.heard.get(timeout=seconds)
        except Empty:
            return True
        return False


@contextmanager
def listening() -> Iterator[Listener]:
    listener = Listener("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status, answer = listener.answers.pop(0) if listener.answers else (204, b"")
            self.send_response(status)
            self.send_header("content-length", str(len(answer)))
            if status in (301, 302):
                self.send_header("location", f"{listener.address}/elsewhere")
            self.end_headers()
            self.wfile.write(answer)
            headers = {name.lower(): value for name, value in self.headers.items()}
            listener.heard.put(WebhookEvent(self.path, headers, body))

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
