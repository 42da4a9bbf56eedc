"""The way to PostgreSQL: two pools, one listening connection, and what is built on them."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from adapters.postgres import changes
from adapters.postgres.accounts import login_session_cache
from adapters.postgres.accounts.login_session_cache import CachedLoginSessions
from adapters.postgres.booking.booking_views import PostgresBookingViews
from adapters.postgres.booking.overlap_finder import OverlapFinder
from adapters.postgres.changes import PostgresChanges
from adapters.postgres.engine import stale_connections
from adapters.postgres.engine.address import limited_parameters
from adapters.postgres.engine.listener import Listener
from adapters.postgres.engine.reader import Reader
from adapters.postgres.engine.structs import unread, written
from adapters.postgres.meeting.rate_limiter import PostgresRateLimiter
from adapters.postgres.token_cipher import TokenCipher
from adapters.postgres.unit_of_work import PostgresUnitOfWork

POOL_PATIENCE = 10.0  # seconds that somebody waits for a connection when all are lent


class PostgresDatabase:
    """Made inside the running loop, opened and closed once: `async with PostgresDatabase(…) as database`.

    A database that cannot be reached is no reason to fail at the start: StorageUnavailable is raised when it is used.
    """

    def __init__(self, address: str, cipher: TokenCipher, *, transactions: int = 10, readers: int = 5) -> None:
        self.cipher = cipher
        self.transactions = _engine(address, transactions, "calendra")
        self._reads = _engine(
            address, readers, "calendra reads", isolation_level="AUTOCOMMIT", pool_reset_on_return=None
        )
        reader = Reader(self._reads)
        self._overlap_finder = OverlapFinder(reader)
        self._listener = Listener(
            limited_parameters(address, "calendra news"), (changes.CHANNEL, login_session_cache.CHANNEL)
        )
        self.views = PostgresBookingViews(reader)
        self.login_sessions = CachedLoginSessions(
            reader, self._listener
        )  # hears first: whoever the changes wake asks it
        self.changes = PostgresChanges(self._listener)
        self.rate_limiter = PostgresRateLimiter(reader, self.transactions)

    def begin(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.transactions, self.cipher, self._overlap_finder, self.login_sessions)

    async def open(self) -> None:
        await self._listener.open()

    async def listening(self) -> None:
        """Returns once news are being heard."""
        await self._listener.ready()

    async def close(self) -> None:
        self.changes.close()
        await self._listener.close()
        await self.transactions.dispose()
        await self._reads.dispose()

    async def __aenter__(self) -> "PostgresDatabase":
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _engine(address: str, size: int, application: str, **more: Any) -> AsyncEngine:
    engine = create_async_engine(
        "postgresql+psycopg://",
        connect_args=limited_parameters(address, application),
        pool_size=size,
        max_overflow=0,
        pool_timeout=POOL_PATIENCE,
        json_serializer=written,
        json_deserializer=unread,
        use_native_hstore=False,
        hide_parameters=True,  # errors are logged, and what people typed is not
        **more,
    )
    stale_connections.watch(engine)
    return engine
