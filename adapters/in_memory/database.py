"""The stored state of one process, with the same interface as a real database."""

import asyncio

from adapters.in_memory.accounts.login_sessions import InMemoryLoginSessionLookup
from adapters.in_memory.booking.booking_views import InMemoryBookingViews
from adapters.in_memory.changes import InMemoryChanges
from adapters.in_memory.meeting.rate_limiter import InMemoryRateLimiter
from adapters.in_memory.state import State
from adapters.in_memory.unit_of_work import InMemoryUnitOfWork
from domain.ports.security_log import Announce, unannounced


class InMemoryDatabase:
    def __init__(self, announce: Announce = unannounced) -> None:
        self.state = State()
        self._announce = announce
        self._writing = asyncio.Lock()
        self.changes = InMemoryChanges()
        self.rate_limiter = InMemoryRateLimiter()
        self.views = InMemoryBookingViews(lambda: self.state)
        self.login_sessions = InMemoryLoginSessionLookup(lambda: self.state)

    def begin(self) -> InMemoryUnitOfWork:
        return InMemoryUnitOfWork(self._writing, lambda: self.state, self.replace, self._announce)

    def replace(self, state: State) -> None:
        before, self.state = self.state, state
        self.changes.announce(before, state)

    async def open(self) -> None:
        """Has no effect: there is no connection to open."""

    async def listening(self) -> None:
        """Returns at once: the process always listens."""

    async def close(self) -> None:
        self.changes.close()

    async def __aenter__(self) -> "InMemoryDatabase":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
