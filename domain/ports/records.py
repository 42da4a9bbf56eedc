"""What is written down for later: history, receipts, notices already seen."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.erasure import Receipt
from domain.history import Entry


class Histories(Protocol):
    @abstractmethod
    async def add(self, *entries: Entry) -> None: ...

    @abstractmethod
    async def of(self, organization_id: UUID, subject_id: UUID) -> Sequence[Entry]:
        """Oldest first."""

    @abstractmethod
    async def calls_of_host(
        self, organization_id: UUID, host_id: UUID, provider: str, *, actions: Sequence[str], since: datetime
    ) -> int:
        """How many calls of these kinds this host's account has had: what a daily limit counts."""

    @abstractmethod
    async def remove_of(self, organization_id: UUID, subject_id: UUID) -> int: ...


class Receipts(Protocol):
    @abstractmethod
    async def add(self, receipt: Receipt) -> None: ...

    @abstractmethod
    async def find(self, organization_id: UUID, receipt_id: UUID) -> Receipt | None: ...

    @abstractmethod
    async def newest(self, organization_id: UUID, *, most: int) -> Sequence[Receipt]:
        """Newest first."""


class SeenNotices(Protocol):
    @abstractmethod
    async def first_time(self, provider: str, identity: str, *, now: datetime) -> bool:
        """Remembers the notice; False when it was remembered before."""

    @abstractmethod
    async def remove_seen_before(self, moment: datetime) -> int: ...
