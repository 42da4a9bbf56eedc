"""`calendra worker`: runs the worker without the web."""

import asyncio
import signal

import click
import uvloop

from entrypoints.cli.checked_settings import settings_or_exit
from entrypoints.container import Container
from entrypoints.lifecycle import opened
from entrypoints.logs import configure_logs
from entrypoints.worker.loop import run_worker


@click.command()
def worker() -> None:
    """Run only the worker. Any number of workers may run; they share the work."""
    settings = settings_or_exit()
    configure_logs(settings.log_level)
    uvloop.run(_run(Container(settings=settings)))


async def _run(container: Container) -> None:
    stop = asyncio.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(ending, stop.set)
    click.echo("Working. Stop with Ctrl-C; what is under way is finished first.")
    async with opened(container):
        await run_worker(container, stop)
