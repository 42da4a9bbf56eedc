"""News for open pages: which booking or connection is different now, and whose logins have ended."""

from abc import abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Changed:
    """`what` is booking or connection, `id` the booking's or the consultant's. `consultant_id` is whose it is now.

    `account`, with the person's id twice: something about the person is different, or a sign-in of theirs ended.

    A booking that moved to another consultant is told twice: to the new one's pages and to the old one's.
    """

    what: str
    id: UUID
    consultant_id: UUID


class ChangeFeed(Protocol):
    @abstractmethod
    def subscribe(self, organization_id: UUID) -> AsyncIterator[Changed]:
        """Every change committed from now on, at most once each; those lost while the reader was away are lost."""


class ChangeSignal(Protocol):
    @abstractmethod
    async def wait_for_change(self, seconds: float) -> bool:
        """True as soon as anything changed in any organization since the last call, False after `seconds`.

        For one waiter: the worker, which sleeps until there may be something to do.
        """
