"""The change feed of open pages: which booking or connection changed, and whose login sessions ended."""

from abc import abstractmethod
from collections.abc import AsyncIterator
from typing import Protocol
from uuid import UUID

from domain.change import Changed


class ChangeFeed(Protocol):
    @abstractmethod
    def subscribe(self, organization_id: UUID) -> AsyncIterator[Changed]:
        """Every change committed from now on, at most once each. Changes while the reader is disconnected are lost."""


class ChangeSignal(Protocol):
    @abstractmethod
    async def wait_for_change(self, seconds: float) -> bool:
        """True as soon as any organization has a change since the last call, False after `seconds`.

        For a single waiter: the worker, which sleeps until work may be due.
        """
