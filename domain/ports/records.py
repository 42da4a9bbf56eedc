"""The repositories of the audit log, erasure receipts, idempotency records and processed events."""

from abc import abstractmethod
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.host_calls import HostCalls
from domain.creation import Creation
from domain.erasure import Receipt
from domain.meeting.host import Host


class AuditLog(Protocol):
    @abstractmethod
    async def add(self, *entries: AuditEntry) -> None: ...

    @abstractmethod
    async def of(self, organization_id: UUID, subject_id: UUID) -> Sequence[AuditEntry]:
        """Oldest first."""

    @abstractmethod
    async def calls_of_hosts(
        self, organization_id: UUID, hosts: Sequence[Host], *, counted: Sequence[Action], since: datetime
    ) -> Sequence[HostCalls]:
        """One for each of these hosts, in any order."""

    @abstractmethod
    async def remove_of(self, organization_id: UUID, subject_id: UUID) -> int: ...

    @abstractmethod
    async def forget_person(self, organization_id: UUID, account_id: UUID, names: Collection[str]) -> int:
        """Destroys the person's name in the history of the organization: in the entries about the account, and in those
        about invitations of one of these `names`. Returns how many entries were changed."""


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
    async def add(self, creation: Creation) -> Creation | None:
        """Stores the creation. When its key was used before, stores nothing and returns the earlier creation. A
        simultaneous repetition waits until the first one's unit of work ends."""

    @abstractmethod
    async def find(self, organization_id: UUID, key: UUID) -> Creation | None: ...

    @abstractmethod
    async def erase_contents(self, organization_id: UUID, object_ids: Collection[UUID]) -> None:
        """Erases the fingerprints of the requests that created these objects. The keys stay used."""

    @abstractmethod
    async def remove_asked_before(self, moment: datetime, *, most: int) -> int:
        """Oldest first; rows that another transaction has locked are skipped."""


class ProcessedEvents(Protocol):
    @abstractmethod
    async def first_time(self, provider: str, deduplication_key: str, *, now: datetime) -> bool:
        """Stores the webhook event; False when it was stored before."""

    @abstractmethod
    async def remove_seen_before(self, moment: datetime, *, most: int) -> int:
        """Oldest first; rows that another transaction has locked are skipped."""
