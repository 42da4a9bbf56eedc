"""Runs the sandbox on an address of its own."""

import gc
import socket
from pathlib import Path

import uvicorn

from demo.sandbox.app import create_sandbox
from demo.sandbox.config import SandboxConfig
from demo.sandbox.wire import OpenTransport


def serve(config: SandboxConfig, listener: socket.socket, state: Path | None, port_file: Path | None) -> None:
    """Writes the port once the socket queues connections, so a process that reads it may call at once."""
    app = create_sandbox(config, state)
    if port_file:
        aside = port_file.with_name(port_file.name + ".new")
        aside.write_text(str(listener.getsockname()[1]))
        aside.replace(port_file)
    gc.collect()
    gc.freeze()
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=OpenTransport,
            loop="uvloop",
            ws="none",
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_keep_alive=75,  # longer than clients keep theirs: no connection ends just as a client reuses it
            timeout_graceful_shutdown=2,
        )
    )
    server.run(sockets=[listener])
