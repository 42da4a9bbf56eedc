"""Contact notes of a client."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.clients.manage_clients import client_here
from domain.accounts.account import Account
from domain.clients.contact_note import ContactNote
from domain.clients.errors import ClientErased
from domain.creation import Creation, object_id_of
from domain.errors import NotFound, ObjectKind, ResultGone
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork


@dataclass(frozen=True, slots=True)
class ContactNotesRead:
    """The newest day first. `names` are the authors' present names."""

    notes: Sequence[ContactNote]
    names: Mapping[UUID, str]


@dataclass(frozen=True)
class KeepContactNotes:
    """Rules:

    - Consultants and admins of an organization share the contact notes, as they share its clients.
    - The day of the contact is between 1900 and tomorrow.
    - The author and admins may remove a note.
    - A repeated request with the same key and content is the same note; other content under the key is refused, and so
      is a repetition when the note was removed since.
    """

    begin: Begin
    clock: Clock

    async def add(self, actor: Account, client_id: UUID, key: UUID, day: date, text: str) -> ContactNote:
        """Raises NotFound, Invalid, ClientErased, KeyReused, ResultGone."""
        here, now = actor.organization_id, self.clock.now()
        note = ContactNote(here, object_id_of(key, now), client_id, day, text, actor.id, now)
        note.must_be_of_a_contact()
        creation = Creation.of(here, key, note.requested, at=now)
        async with self.begin() as work:
            client = await client_here(work, actor, client_id)
            if client.erased_at:
                raise ClientErased
            if earlier := await work.creations.add(creation):
                creation.must_repeat(earlier)
                return await self._added_before(work, client_id, earlier)
            await work.contact_notes.add(note)
            await work.commit()
        return note

    async def _added_before(self, work: UnitOfWork, client_id: UUID, earlier: Creation) -> ContactNote:
        """Raises ResultGone."""
        notes = await work.contact_notes.of(earlier.organization_id, client_id)
        found = next((one for one in notes if one.id == earlier.object_id), None)
        if found is None:
            raise ResultGone
        return found

    async def of(self, actor: Account, client_id: UUID) -> ContactNotesRead:
        """Raises NotFound."""
        async with self.begin() as work:
            await client_here(work, actor, client_id)
            notes = await work.contact_notes.of(actor.organization_id, client_id)
            authors = await work.people.accounts(actor.organization_id, {note.author_id for note in notes})
        return ContactNotesRead(notes, {one.id: one.name for one in authors})

    async def remove(self, actor: Account, client_id: UUID, note_id: UUID) -> None:
        """Raises NotFound."""
        async with self.begin() as work:
            notes = await work.contact_notes.of(actor.organization_id, client_id)
            note = next((one for one in notes if one.id == note_id), None)
            if note is None or not actor.may_manage(note.author_id):
                raise NotFound(ObjectKind.NOTE)
            await work.contact_notes.remove(actor.organization_id, client_id, note_id)
            await work.creations.erase_contents(actor.organization_id, [note_id])
            await work.commit()
