"""A client that breaks the rules of HTTP, or of courtesy."""

import re
import socket
import time
from contextlib import closing
from urllib.parse import urlsplit

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
GAP = 0.2  # seconds between the drops of a slow client


class RawClient:
    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host = parts.netloc
        self._socket = socket.create_connection((parts.hostname or "", parts.port or 80), timeout=30)
        self._began = time.monotonic()

    def close(self) -> None:
        self._socket.close()

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def head(self, method: str, path: str, *lines: str) -> bytes:
        return "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: {self._host}", *lines, "", ""]).encode()

    def drip(self, data: bytes, most: float) -> float:
        """Byte after byte, until the server has had enough; answers after how many seconds, at most `most`."""
        self._socket.settimeout(GAP)
        for byte in data:
            if time.monotonic() - self._began > most or self._ended(bytes([byte])):
                break
        return time.monotonic() - self._began

    def _ended(self, byte: bytes) -> bool:
        try:
            self._socket.sendall(byte)
            return self._socket.recv(1000) == b""
        except TimeoutError:
            return False
        except OSError:
            return True

    def silent(self, most: float) -> float:
        """Nothing more is sent; answers after how many seconds the server ended it, at most `most`."""
        self._socket.settimeout(most)
        try:
            while self._socket.recv(10_000):
                pass
        except OSError:
            pass
        return time.monotonic() - self._began

    def answer(self) -> bytes:
        """One whole answer; or all that comes until the server closes or pauses."""
        said = b""
        self._socket.settimeout(5)
        try:
            while not _whole(said) and (part := self._socket.recv(65_536)):
                said += part
        except OSError:
            pass
        return said


def _whole(said: bytes) -> bool:
    head, end, body = said.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    return bool(end and length) and len(body) >= int(length[1] if length else 0)


def raw_client(address: str) -> closing[RawClient]:
    return closing(RawClient(address))
