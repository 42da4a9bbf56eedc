"""`calendra serve`: the web processes."""

import click
import uvicorn

from entrypoints.cli.settled import settings_or_exit
from entrypoints.settings import Settings
from entrypoints.slow_clients import BoundedProtocol


@click.command()
def serve() -> None:
    """Serve the web, from the CALENDRA_… settings. Migrate the database first: calendra migrate."""
    run_server(settings_or_exit())


def run_server(settings: Settings) -> None:
    """Returns when the server was told to stop; requests under way are finished."""
    uvicorn.run(
        "entrypoints.server:app_from_environment",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.web_processes,
        loop="uvloop",
        http=BoundedProtocol,
        access_log=False,
        server_header=False,
        log_config=None,
        timeout_graceful_shutdown=20,
        proxy_headers=False,
    )
