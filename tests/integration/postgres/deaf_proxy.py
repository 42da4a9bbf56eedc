"""A way to PostgreSQL on which packets can get lost, as with a firewall that forgot the connection."""

import ctypes
import socket
import struct
from threading import Thread
from types import TracebackType
from typing import Self

from psycopg.conninfo import conninfo_to_dict, make_conninfo

_ATTACH_FILTER, _DETACH_FILTER = 26, 27  # of Linux' asm-generic/socket.h
_DROP_EVERYTHING = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))  # one instruction: keep 0 bytes


class DeafProxy:
    """Listens on loopback and passes everything on. While it is deaf, the kernel drops what arrives, unacknowledged."""

    def __init__(self, database: str) -> None:
        known = conninfo_to_dict(database)
        self._host, self._port = str(known.pop("host", "localhost")), int(known.pop("port", 5432) or 5432)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = []
        self._far: list[socket.socket] = []
        self._deaf = False
        own = {"host": "127.0.0.1", "port": self._listening.getsockname()[1]}
        self.address = make_conninfo(**{**known, **own})

    def __enter__(self) -> Self:
        Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for one in self._sockets + self._far:
            one.close()

    def be_deaf(self, deaf: bool) -> None:
        self._deaf = deaf
        for one in self._sockets:
            self._filter(one)

    def _filter(self, one: socket.socket) -> None:
        if one.fileno() < 0:
            return
        if self._deaf:
            program = struct.pack("HL", 1, ctypes.addressof(_DROP_EVERYTHING))
            one.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, program)
        else:
            one.setsockopt(socket.SOL_SOCKET, _DETACH_FILTER, 0)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            self._sockets.append(near)
            if self._deaf:
                self._filter(near)
            far = self._to_postgres()
            self._far.append(far)
            for source, sink in ((near, far), (far, near)):
                Thread(target=_pass_on, args=(source, sink), daemon=True).start()

    def _to_postgres(self) -> socket.socket:
        if not self._host.startswith("/"):
            return socket.create_connection((self._host, self._port))
        far = socket.socket(socket.AF_UNIX)
        far.connect(f"{self._host}/.s.PGSQL.{self._port}")
        return far


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # an end of it is closed
