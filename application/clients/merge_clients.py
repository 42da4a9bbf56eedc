"""Merges two clients who are the same person."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.accounts.account import Account
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts, Merge
from domain.booking.booking import Booking
from domain.clients.client import Client
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork


@dataclass(frozen=True, slots=True)
class Merger:
    """The result of a merge. `sessions` and `notes` count what moves from the other client to the kept one."""

    kept: Client
    other: Client
    sessions: int
    notes: int


@dataclass(frozen=True)
class MergeClients:
    """Rules:

    - Admins merge clients of their own organization.
    - The kept client keeps its data and takes the address and the number from the other where its own are empty.
    - Bookings, drafts and contact notes move; a booking that has both has the kept one once. The other client is
      removed.
    - The merge is recorded in the history of the kept client and of each booking.
    """

    begin: Begin
    clock: Clock

    async def preview(self, actor: Account, kept_id: UUID, other_id: UUID) -> Merger:
        """Raises NotAllowed, NotFound, Invalid, ClientErased."""
        async with self.begin() as work:
            kept, other = await _both(work, actor, kept_id, other_id)
            sessions = await work.bookings.of_client(actor.organization_id, other_id)
            notes = await work.contact_notes.of(actor.organization_id, other_id)
        return Merger(kept.merged_with(other), other, _seen(sessions), len(notes))

    async def __call__(self, actor: Account, kept_id: UUID, other_id: UUID) -> Merger:
        """Raises NotAllowed, NotFound, Invalid, ClientErased."""
        here, now = actor.organization_id, self.clock.now()
        async with self.begin() as work:
            kept, other = await _both(work, actor, kept_id, other_id)
            merged = kept.merged_with(other)
            sessions = await work.bookings.of_client(here, other_id)
            for booking in sessions:
                await work.bookings.save(booking.with_client_instead(kept_id, of=other_id), now=now)
            for draft in await work.drafts.naming(here, other_id):
                await work.drafts.save(draft.with_client_instead(kept_id, of=other_id))
            notes = await work.contact_notes.move(here, other_id, kept_id)
            await work.clients.save(merged)
            await work.audit_log.remove_of(here, other_id)
            await work.creations.erase_contents(here, [other_id])
            await work.clients.remove(here, other_id)
            facts = Facts(merge=Merge(other.name, _seen(sessions), notes))
            entry = AuditEntry(here, kept_id, now, Action.CLIENTS_MERGED, actor.id, facts=facts)
            await work.audit_log.add(
                entry, *(AuditEntry(here, one.id, now, Action.CLIENTS_MERGED, actor.id) for one in sessions)
            )
            await work.commit()
        return Merger(merged, other, _seen(sessions), notes)


async def _both(work: UnitOfWork, actor: Account, kept_id: UUID, other_id: UUID) -> tuple[Client, Client]:
    actor.must_be_admin()
    found = {one.id: one for one in await work.clients.to_change(actor.organization_id, [kept_id, other_id])}
    if not {kept_id, other_id} <= found.keys():
        raise NotFound(ObjectKind.CLIENT)
    return found[kept_id], found[other_id]


def _seen(sessions: Sequence[Booking]) -> int:
    return sum(not one.deleted for one in sessions)
