"""Reads a history from the audit log, with the names of the people in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.audit.entry import AuditEntry
from domain.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class History:
    """Oldest first. `names` are the people's present names; a person who is missing is no longer known."""

    entries: Sequence[AuditEntry]
    names: Mapping[UUID, str]


async def history_of(work: UnitOfWork, organization_id: UUID, subject_id: UUID) -> History:
    """Reads all names in one statement, however many entries there are."""
    entries = await work.audit_log.of(organization_id, subject_id)
    people = {one for entry in entries for one in (entry.actor_id, entry.on_behalf_of, entry.host_id) if one}
    found = await work.people.accounts(organization_id, people) if people else []
    return History(entries, {one.id: one.name for one in found})
