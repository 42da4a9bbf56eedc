"""Audit log, receipts of erasures, creations and processed events in memory."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from adapters.in_memory.retention import oldest
from adapters.in_memory.state import State
from domain.audit.action import NAMES_A_PERSON, Action
from domain.audit.entry import AuditEntry, Failure
from domain.audit.host_calls import HostCalls
from domain.creation import Creation
from domain.erasure import Receipt
from domain.meeting.host import Host
from domain.ports.records import AuditLog, Creations, ProcessedEvents, Receipts


class InMemoryAuditLog(AuditLog):
    def __init__(self, state: State) -> None:
        self._audit_log = state.audit_log

    async def add(self, *entries: AuditEntry) -> None:
        for entry in entries:
            subject = (entry.organization_id, entry.subject_id)
            self._audit_log[subject] = (*self._audit_log.get(subject, ()), entry)

    async def of(self, organization_id: UUID, subject_id: UUID) -> Sequence[AuditEntry]:
        return sorted(self._audit_log.get((organization_id, subject_id), ()), key=lambda entry: entry.at)

    async def calls_of_hosts(
        self, organization_id: UUID, hosts: Sequence[Host], *, counted: Sequence[Action], since: datetime
    ) -> Sequence[HostCalls]:
        here = [history for (owner, _), history in self._audit_log.items() if owner == organization_id]
        entries = sorted((entry for history in here for entry in history), key=lambda entry: entry.at)
        found = []
        for host in hosts:
            key = (host.consultant_id, host.provider)
            theirs = [entry for entry in entries if (entry.host_id, entry.provider) == key]
            count = sum(entry.action in counted and entry.at >= since for entry in theirs)
            found.append(HostCalls(host, count, *_how_it_went(theirs)))
        return found

    async def remove_of(self, organization_id: UUID, subject_id: UUID) -> int:
        return len(self._audit_log.pop((organization_id, subject_id), ()))

    async def forget_person(self, organization_id: UUID, account_id: UUID, names: Collection[str]) -> int:
        subject, count = (organization_id, organization_id), 0
        entries = []
        for entry in self._audit_log.get(subject, ()):
            about = account_id in (entry.on_behalf_of, entry.actor_id if entry.action is Action.JOINED else None)
            if entry.action in NAMES_A_PERSON and entry.facts.name and (about or entry.facts.name in names):
                entry, count = entry.with_facts(replace(entry.facts, name="")), count + 1
            entries.append(entry)
        if entries:
            self._audit_log[subject] = tuple(entries)
        return count


def _how_it_went(entries: Sequence[AuditEntry]) -> tuple[datetime | None, Failure | None]:
    """The last success, and the last failure unless a success followed it."""
    success, failure = None, None
    for entry in entries:
        if entry.went_well:
            success, failure = entry.at, None
        else:
            failure = entry.failure or failure
    return success, failure


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


class InMemoryCreations(Creations):
    def __init__(self, state: State) -> None:
        self._state = state
        self._creations = state.creations

    async def add(self, creation: Creation) -> Creation | None:
        return self._state.add_creation(creation)

    async def find(self, organization_id: UUID, key: UUID) -> Creation | None:
        return self._creations.get((organization_id, key))

    async def erase_contents(self, organization_id: UUID, object_ids: Collection[UUID]) -> None:
        self._state.erase_contents(organization_id, object_ids)

    async def remove_asked_before(self, moment: datetime, *, most: int) -> int:
        old = oldest({key: one.asked_at for key, one in self._creations.items()}, moment, most)
        for key in old:
            del self._creations[key]
        return len(old)


class InMemoryProcessedEvents(ProcessedEvents):
    def __init__(self, state: State) -> None:
        self._seen = state.processed_events

    async def first_time(self, provider: str, deduplication_key: str, *, now: datetime) -> bool:
        new = (provider, deduplication_key) not in self._seen
        if new:
            self._seen[(provider, deduplication_key)] = now
        return new

    async def remove_seen_before(self, moment: datetime, *, most: int) -> int:
        old = oldest(self._seen, moment, most)
        for key in old:
            del self._seen[key]
        return len(old)
