"""The change feed of open pages: which booking or connection changed, and whose login sessions ended."""

from abc import abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Changed:
    """`what` is booking or connection, `id` the booking's or the consultant's. `consultant_id` is the present
    consultant.

    With `what` account, both ids are the person's: the account changed, or one of its login sessions ended.

    A booking that moves to another consultant is announced twice: to the new one's pages and to the old one's.
    """

    what: str
    id: UUID
    consultant_id: UUID


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
