"""`calendra serve`: runs the web processes."""

import asyncio

import click
import uvicorn

from adapters.postgres.operations.migrate import pending
from application.secret import Secret
from domain.errors import StorageUnavailable
from entrypoints.cli.checked_settings import settings_or_exit
from entrypoints.container import Container
from entrypoints.http.client_network import trusted_hosts
from entrypoints.lifecycle import opened
from entrypoints.settings import Settings
from entrypoints.slow_clients import BoundedProtocol


@click.command()
def serve() -> None:
    """Serve the web with the CALENDRA_… settings. Migrate the database first: calendra migrate.

    As long as no practice exists, each start prints a one-time address to set up the first one.
    """
    settings = settings_or_exit()
    _welcome(settings)
    run_server(settings)


def _welcome(settings: Settings) -> None:
    """Runs once, before the web processes start. An unreachable database does not prevent the start."""
    try:
        if pending(settings.database_url):
            click.echo("The database is not migrated. Run: calendra migrate", err=True)
        elif secret := asyncio.run(_offered(Container(settings=settings))):
            click.echo("There is no practice yet. Set up the first one here; the address works once, for 72 hours:")
            click.echo(settings.founding_address(secret.text))
    except StorageUnavailable as error:
        click.echo(f"{error} {error.next}", err=True)


async def _offered(container: Container) -> Secret | None:
    async with opened(container):
        return await container.found_practice().offer_first()


def run_server(settings: Settings) -> None:
    """Returns after a stop signal, when the open requests are finished."""
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
        proxy_headers=True,
        forwarded_allow_ips=trusted_hosts(settings.proxy_networks),
    )
