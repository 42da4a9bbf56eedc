"""Contact notes in PostgreSQL."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.schema.client_tables import contact_notes
from adapters.postgres.schema.metadata import UUID_
from domain.clients.contact_note import ContactNote
from domain.ports.clients import ContactNotes

_n = contact_notes.c
_theirs = (_n.organization_id == bindparam("organization_id"), _n.client_id == bindparam("client_id"))

_ADD = insert(contact_notes)
_OF = select(contact_notes).where(*_theirs).order_by(_n.day.desc(), _n.written_at.desc(), _n.id.desc())
_REMOVE = delete(contact_notes).where(*_theirs, _n.id == bindparam("id"))
_MOVE = (
    update(contact_notes)
    .where(_n.organization_id == bindparam("here"), _n.client_id == bindparam("from_client"))
    .values(client_id=bindparam("to_client", type_=UUID_))
)
_REMOVE_OF = delete(contact_notes).where(*_theirs)


class PostgresContactNotes(ContactNotes):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, note: ContactNote) -> None:
        await self._transaction.run(
            _ADD,
            organization_id=note.organization_id,
            client_id=note.client_id,
            id=note.id,
            day=note.day,
            text=note.text,
            author_id=note.author_id,
            written_at=note.written_at,
        )

    async def of(self, organization_id: UUID, client_id: UUID) -> Sequence[ContactNote]:
        found = await self._transaction.run(_OF, organization_id=organization_id, client_id=client_id)
        return [
            ContactNote(it.organization_id, it.id, it.client_id, it.day, it.text, it.author_id, it.written_at)
            for it in found.all()
        ]

    async def remove(self, organization_id: UUID, client_id: UUID, note_id: UUID) -> int:
        gone = await self._transaction.run(_REMOVE, organization_id=organization_id, client_id=client_id, id=note_id)
        return gone.rowcount

    async def move(self, organization_id: UUID, from_client: UUID, to_client: UUID) -> int:
        moved = await self._transaction.run(_MOVE, here=organization_id, from_client=from_client, to_client=to_client)
        return moved.rowcount

    async def remove_of(self, organization_id: UUID, client_id: UUID) -> int:
        gone = await self._transaction.run(_REMOVE_OF, organization_id=organization_id, client_id=client_id)
        return gone.rowcount
