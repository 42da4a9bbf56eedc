"""What is written down for later: history, receipts, webhook events already seen."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.audit_log import AuditEntry, Failure
from domain.creation import Creation
from domain.erasure import Receipt
from domain.meeting.host import Host


@dataclass(frozen=True, slots=True)
class HostCalls:
    """How a host's account has been answering. `counted`: calls of the asked kinds since the asked moment, which is
    what a daily limit counts. `last_failure`: None when a call went well after it."""

    host: Host
    counted: int
    last_success_at: datetime | None
    last_failure: Failure | None


class AuditLog(Protocol):
    @abstractmethod
    async def add(self, *entries: AuditEntry) -> None: ...

    @abstractmethod
    async def of(self, organization_id: UUID, subject_id: UUID) -> Sequence[AuditEntry]:
        """Oldest first."""

    @abstractmethod
    async def calls_of_hosts(
        self, organization_id: UUID, hosts: Sequence[Host], *, counted: Sequence[str], since: datetime
    ) -> Sequence[HostCalls]:
        """One for each of these hosts, in any order."""

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


class Creations(Protocol):
    @abstractmethod
    async def first_time(self, creation: Creation) -> bool:
        """Remembers the request; False when it was remembered before. A repetition that comes at the same time waits
        for the end of the first one's unit of work. Raises KeyReused when the id was used with another content."""

    @abstractmethod
    async def remove(self, organization_id: UUID, creation_id: UUID) -> None: ...

    @abstractmethod
    async def remove_asked_before(self, moment: datetime, *, most: int) -> int:
        """The oldest come first; those that somebody is changing are passed over."""


class ProcessedEvents(Protocol):
    @abstractmethod
    async def first_time(self, provider: str, deduplication_key: str, *, now: datetime) -> bool:
        """Remembers the webhook event; False when it was remembered before."""

    @abstractmethod
    async def remove_seen_before(self, moment: datetime, *, most: int) -> int:
        """The oldest come first; those that somebody is changing are passed over."""
