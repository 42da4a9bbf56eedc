"""Histories, receipts and seen notices in memory."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from adapters.in_memory.state import State
from domain.erasure import Receipt
from domain.history import Entry
from domain.ports.records import Histories, Receipts, SeenNotices


class InMemoryHistories(Histories):
    def __init__(self, state: State) -> None:
        self._histories = state.histories

    async def add(self, *entries: Entry) -> None:
        for entry in entries:
            subject = (entry.organization_id, entry.subject_id)
            self._histories[subject] = (*self._histories.get(subject, ()), entry)

    async def of(self, organization_id: UUID, subject_id: UUID) -> Sequence[Entry]:
        return sorted(self._histories.get((organization_id, subject_id), ()), key=lambda entry: entry.at)

    async def calls_of_host(
        self, organization_id: UUID, host_id: UUID, provider: str, *, actions: Sequence[str], since: datetime
    ) -> int:
        host = (organization_id, host_id, provider)
        lines = (entry for history in self._histories.values() for entry in history)
        theirs = (entry for entry in lines if (entry.organization_id, entry.host_id, entry.provider) == host)
        return sum(entry.action in actions and entry.at >= since for entry in theirs)

    async def remove_of(self, organization_id: UUID, subject_id: UUID) -> int:
        return len(self._histories.pop((organization_id, subject_id), ()))


class InMemoryReceipts(Receipts):
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, receipt: Receipt) -> None:
        self._state.must_have_organization(receipt.organization_id)
        self._state.receipts[(receipt.organization_id, receipt.id)] = receipt

    async def find(self, organization_id: UUID, receipt_id: UUID) -> Receipt | None:
        return self._state.receipts.get((organization_id, receipt_id))

    async def newest(self, organization_id: UUID, *, most: int) -> Sequence[Receipt]:
        theirs = [one for (owner, _), one in self._state.receipts.items() if owner == organization_id]
        return sorted(theirs, key=lambda one: (one.erased_at, one.id), reverse=True)[:most]


class InMemorySeenNotices(SeenNotices):
    def __init__(self, state: State) -> None:
        self._seen = state.seen_notices

    async def first_time(self, provider: str, identity: str, *, now: datetime) -> bool:
        new = (provider, identity) not in self._seen
        if new:
            self._seen[(provider, identity)] = now
        return new

    async def remove_seen_before(self, moment: datetime) -> int:
        old = [key for key, seen_at in self._seen.items() if seen_at < moment]
        for key in old:
            del self._seen[key]
        return len(old)
