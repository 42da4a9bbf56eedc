"""One web process: the application, and the resources that it opens and closes."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator

from litestar import Litestar

from entrypoints.container import Container, handler_dependencies
from entrypoints.http.app import create_app
from entrypoints.lifecycle import opened
from entrypoints.logs import configure_logs
from entrypoints.settings import settings_from
from entrypoints.worker.loop import run_worker


def app_from_environment() -> Litestar:
    """For the server, which calls it in each of its processes."""
    settings = settings_from()
    configure_logs(settings.log_level)
    return app_of(Container(settings=settings))


def app_of(container: Container) -> Litestar:
    return create_app(container.settings(), handler_dependencies(container), [lambda _: running(container)])


@contextlib.asynccontextmanager
async def running(container: Container) -> AsyncIterator[None]:
    """Opens the storage, and runs the worker beside the web if the settings say so."""
    async with opened(container):
        stop = asyncio.Event()
        worker = asyncio.create_task(run_worker(container, stop)) if container.settings().worker_in_web else None
        gc.collect()
        gc.freeze()  # excludes long-lived objects from garbage collection: cuts the longest response times to a fifth
        try:
            yield
        finally:
            stop.set()
            if worker:
                await worker
