"""The security log: events for the practice's admins, appended and never changed."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.security.event import SecurityEvent, SecurityLogQuery, StoredEvent


class SecurityLog(Protocol):
    @abstractmethod
    async def add(self, event: SecurityEvent) -> None:
        """Stores the event with the unit of work, and announces it after the commit. An event without an organization
        is announced only."""

    @abstractmethod
    async def page(self, organization_id: UUID, query: SecurityLogQuery) -> Sequence[StoredEvent]:
        """At most `query.most`, newest first."""

    @abstractmethod
    async def remove_before(self, moment: datetime, *, most: int) -> int:
        """Oldest first; rows that another transaction has locked are skipped."""


Announce = Callable[[SecurityEvent], None]
"""Writes an event to the process's own log. Called after the commit of the unit of work that stored the event."""


def unannounced(_: SecurityEvent) -> None:
    """For storages of tools that have no log."""
