"""The life of a container's parts: opened together, and closed in the reverse order."""

import contextlib
from collections.abc import AsyncIterator

from entrypoints.container import Container


@contextlib.asynccontextmanager
async def opened(container: Container) -> AsyncIterator[Container]:
    """Opens the storage. At the end, calls that are under way are finished first; then the providers' clients and the
    storage are closed, even if one of these fails."""
    storage = container.storage()
    await storage.open()
    async with contextlib.AsyncExitStack() as parts:
        # Asked for at the end: a part is created on its first use, not here.
        parts.push_async_callback(storage.close)
        parts.push_async_callback(lambda: container.clients().close())
        parts.push_async_callback(lambda: container.count_repeated_events().finish())
        parts.push_async_callback(lambda: container.access_tokens().finish())
        parts.push_async_callback(lambda: container.reconcile_promptly().finish())
        yield container
