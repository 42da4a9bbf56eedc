"""`calendra sandbox`, or `python -m demo.sandbox`: runs the sandbox as its own process."""

import os
import socket
import threading
from pathlib import Path

import click
import msgspec

from demo.sandbox.config import read_config
from demo.sandbox.serve import serve

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8700, show_default=True, help="0 takes a free one.")
@click.option("--state", type=_FILE, help="The file that keeps everything over a restart.")
@click.option("--config", type=_FILE, help="A JSON file with settings.")
@click.option("--port-file", type=_FILE, help="The file into which the sandbox writes its port.")
@click.option("--until-stdin-closes", is_flag=True, help="End together with the starter.")
def sandbox(
    host: str, port: int, state: Path | None, config: Path | None, port_file: Path | None, until_stdin_closes: bool
) -> None:
    """Run a sandbox for Zoom. Not the real Zoom."""
    if until_stdin_closes:
        threading.Thread(target=_end_with_starter, daemon=True).start()
    try:
        settings = read_config(config)
    except (OSError, msgspec.DecodeError) as error:
        raise click.UsageError(f"the settings in {config} cannot be used: {error}") from error
    try:
        listener = socket.create_server((host, port), backlog=2048)
    except OSError as error:
        raise click.UsageError(f"cannot listen on {host}:{port} ({error.strerror}); choose another --port") from error
    serve(settings, listener, state, port_file)


def _end_with_starter() -> None:
    """The pipe closes however the starter ends, kill -9 included, on every system and from every thread."""
    while os.read(0, 1024):
        pass
    os._exit(0)


if __name__ == "__main__":
    sandbox()
