"""Access to PostgreSQL: two pools, one listening connection, and the adapters on top of them."""

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
from domain.ports.security_log import Announce, unannounced

POOL_PATIENCE = 10.0  # seconds that a request waits for a connection when all are in use


class PostgresDatabase:
    """Create it inside the running event loop, open and close it once: `async with PostgresDatabase(…) as database`.

    The start succeeds even if the database is unreachable. Calls then raise StorageUnavailable.
    """

    def __init__(
        self,
        address: str,
        cipher: TokenCipher,
        *,
        transactions: int = 10,
        readers: int = 5,
        announce: Announce = unannounced,
    ) -> None:
        self.cipher = cipher
        self._announce = announce
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
        # Joins the listener before `changes`: subscribers that a change wakes read this cache.
        self.login_sessions = CachedLoginSessions(reader, self._listener)
        self.changes = PostgresChanges(self._listener)
        self.rate_limiter = PostgresRateLimiter(reader, self.transactions)

    def begin(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(
            self.transactions, self.cipher, self._overlap_finder, self.login_sessions, self._announce
        )

    async def open(self) -> None:
        await self._listener.open()

    async def listening(self) -> None:
        """Returns once the listener receives notifications."""
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
        hide_parameters=True,  # errors reach the log; personal data must not
        **more,
    )
    stale_connections.watch(engine)
    return engine
