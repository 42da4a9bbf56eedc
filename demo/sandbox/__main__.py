"""`python -m demo.sandbox`: runs the sandbox as its own process."""

import argparse
import os
import socket
import threading
from pathlib import Path

import msgspec

from demo.sandbox.config import read_config
from demo.sandbox.serve import serve


def main() -> None:
    parser = argparse.ArgumentParser(prog="sandbox", description="A sandbox for Zoom. Not the real Zoom.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8700, help="0 takes a free one")
    parser.add_argument("--state", type=Path, help="file that keeps everything over a restart")
    parser.add_argument("--config", type=Path, help="JSON file with settings")
    parser.add_argument("--port-file", type=Path, help="file that is told the port")
    parser.add_argument("--until-stdin-closes", action="store_true", help="end together with the starter")
    given = parser.parse_args()
    if given.until_stdin_closes:
        threading.Thread(target=_end_with_starter, daemon=True).start()
    try:
        config = read_config(given.config)
    except (OSError, msgspec.DecodeError) as error:
        parser.error(f"the settings in {given.config} cannot be used: {error}")
    try:
        listener = socket.create_server((given.host, given.port), backlog=2048)
    except OSError as error:
        parser.error(f"cannot listen on {given.host}:{given.port} ({error.strerror}); choose another --port")
    serve(config, listener, given.state, given.port_file)


def _end_with_starter() -> None:
    """The pipe closes however the starter ends, kill -9 included, on every system and from every thread."""
    while os.read(0, 1024):
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
