"""The one connection of a process that receives the database's notifications. It reconnects by itself."""

import asyncio
import contextlib
import logging
import random
from collections.abc import Callable
from typing import Any

import msgspec
import psycopg
from psycopg import AsyncConnection, Notify, sql

_log = logging.getLogger(__name__)

_HEARTBEAT = 10.0  # seconds between checks of an idle connection
_ANSWER_WITHIN = 5.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 5.0


class Listener:
    """Passes every notification on `channels` to all subscribers. While `healthy` is true, it has missed none since it
    became true."""

    def __init__(self, parameters: dict[str, Any], channels: tuple[str, ...]) -> None:
        self._parameters = parameters
        self._channels = channels
        self._hearers: list[tuple[Callable[[str, str], None], Callable[[], None]]] = []
        self._running: asyncio.Task[None] | None = None
        self._healthy = asyncio.Event()

    @property
    def healthy(self) -> bool:
        return self._healthy.is_set()

    def join(self, hear: Callable[[str, str], None], lost: Callable[[], None]) -> None:
        """`hear` receives channel and payload. `lost` runs when notifications may be missing from now on."""
        self._hearers.append((hear, lost))

    async def open(self) -> None:
        """Starts listening. If the database is unreachable, keeps trying in the background."""
        self._running = asyncio.create_task(self._run(), name="listening to the database")

    async def ready(self) -> None:
        await self._healthy.wait()

    async def close(self) -> None:
        if self._running:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
            self._running = None
        self._lose()

    async def _run(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                async with await AsyncConnection.connect(**self._parameters, autocommit=True) as connection:
                    await self._subscribe(connection)
                    pause = _FIRST_PAUSE
                    await self._listen(connection)
            except (psycopg.Error, OSError, TimeoutError, msgspec.DecodeError) as error:
                _log.warning("The database's notifications are interrupted: %s", type(error).__name__)
            finally:
                self._lose()
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 - no secret, only spread
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _subscribe(self, connection: AsyncConnection[Any]) -> None:
        for channel in self._channels:
            await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        self._healthy.set()

    async def _listen(self, connection: AsyncConnection[Any]) -> None:
        while True:
            async for notification in connection.notifies(timeout=_HEARTBEAT):
                self._hear(notification)
            await asyncio.wait_for(connection.execute("SELECT 1"), _ANSWER_WITHIN)

    def _hear(self, notification: Notify) -> None:
        for hear, _ in self._hearers:
            hear(notification.channel, notification.payload)

    def _lose(self) -> None:
        if self._healthy.is_set():
            self._healthy.clear()
            for _, lost in self._hearers:
                lost()
