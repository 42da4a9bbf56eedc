"""Clients in the API."""

import base64
import binascii
from datetime import date, datetime
from uuid import UUID

import msgspec

from application.clients.erase_client import ErasurePreview
from application.clients.export_client import SharedSession, StoredClient
from application.clients.keep_contact_notes import ContactNotesRead
from application.clients.merge_clients import Merger
from domain.clients.client import Client, ClientEdits
from domain.clients.contact_note import ContactNote
from domain.errors import Invalid
from domain.rule import Rule
from entrypoints.http.audit_entries import AuditEntryResponse, lines_of

WRONG_CURSOR = Invalid("cursor", Rule.NOT_A_CURSOR)


class ClientForm(msgspec.Struct, forbid_unknown_fields=True):
    """`email` and `phone` may be empty."""

    name: str
    email: str = ""
    phone: str = ""


class ClientEditForm(msgspec.Struct, forbid_unknown_fields=True):
    """Contains only the fields to change."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None

    def edits(self) -> ClientEdits:
        return ClientEdits(self.name, self.email, self.phone)


class ClientResponse(msgspec.Struct):
    """`name` is empty after the client's data were erased."""

    id: UUID
    name: str
    email: str
    phone: str = ""
    archived_at: datetime | None = None
    erased_at: datetime | None = None


class ClientPageResponse(msgspec.Struct):
    """`next` is the cursor of the next page, null on the last page."""

    items: list[ClientResponse]
    next: str | None


class ContactNoteForm(msgspec.Struct, forbid_unknown_fields=True):
    """`day`: the date of the contact."""

    day: date
    text: str


class ContactNoteResponse(msgspec.Struct):
    """`author` is null if that person is no longer known."""

    id: UUID
    day: date
    text: str
    author_id: UUID
    author: str | None
    written_at: datetime


class MergeForm(msgspec.Struct, forbid_unknown_fields=True):
    other_id: UUID


class MergerResponse(msgspec.Struct):
    """The remaining client after the merge, and the counts that move to it from the other client, which is deleted."""

    kept: ClientResponse
    other: ClientResponse
    sessions: int
    notes: int


class ComingSession(msgspec.Struct):
    """`alone`: the session has no other client, so it is cancelled. Otherwise the client is removed from it."""

    id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    alone: bool


class NamingSessionResponse(msgspec.Struct):
    """A session whose title or notes name the client. `alone`: it has no other client, so `texts` erases them."""

    id: UUID
    title: str
    starts_at: datetime
    alone: bool


class ErasurePreviewResponse(msgspec.Struct):
    """`past`: sessions that stay, with an unnamed client. `drafts`: drafts that name the client; `texts` erases their
    texts. `naming`: sessions whose texts contain the client's name as it is spelled here."""

    coming: list[ComingSession]
    past: int
    notes: int
    drafts: int
    naming: list[NamingSessionResponse]


class ClientErasureForm(msgspec.Struct, forbid_unknown_fields=True):
    """`end_coming` ends the client's upcoming sessions; without it they prevent the erasure. `texts` erases titles and
    notes of past sessions that had no other client, and the texts of drafts that name the client."""

    end_coming: bool = False
    texts: bool = True


class ExportedClient(msgspec.Struct):
    """For the client to read. Sessions give only the number of other clients, a title that names one of them is null,
    and the practice's notes are left out."""

    client: ClientResponse
    sessions: list[SharedSession]
    contact_notes: list[ContactNoteResponse]
    history: list[AuditEntryResponse]


def client_response(client: Client) -> ClientResponse:
    return ClientResponse(client.id, client.name, client.email, client.phone, client.archived_at, client.erased_at)


def note_response(note: ContactNote, author: str | None) -> ContactNoteResponse:
    return ContactNoteResponse(note.id, note.day, note.text, note.author_id, author, note.written_at)


def notes_response(read: ContactNotesRead) -> list[ContactNoteResponse]:
    return [note_response(note, read.names.get(note.author_id)) for note in read.notes]


def merger_response(merger: Merger) -> MergerResponse:
    return MergerResponse(client_response(merger.kept), client_response(merger.other), merger.sessions, merger.notes)


def erasure_preview_response(preview: ErasurePreview) -> ErasurePreviewResponse:
    coming = [
        ComingSession(
            one.id,
            one.details.title,
            one.details.slot.starts_at,
            one.details.slot.ends_at,
            one.details.client_ids == (preview.client.id,),
        )
        for one in sorted(preview.coming, key=lambda one: one.details.slot.starts_at)
    ]
    naming = [NamingSessionResponse(one.id, one.title, one.starts_at, one.alone) for one in preview.naming]
    return ErasurePreviewResponse(coming, preview.past, preview.notes, preview.drafts, naming)


def exported(stored: StoredClient) -> ExportedClient:
    names = stored.history.names
    notes = [note_response(note, names.get(note.author_id)) for note in stored.notes]
    return ExportedClient(client_response(stored.client), list(stored.sessions), notes, lines_of(stored.history))


def client_cursor(place: tuple[str, UUID] | None) -> str | None:
    if place is None:
        return None
    return base64.urlsafe_b64encode(f"{place[1]}{place[0]}".encode()).decode().rstrip("=")


def read_client_cursor(cursor: str | None) -> tuple[str, UUID] | None:
    if cursor is None:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        place = text[36:], UUID(text[:36])
    except (binascii.Error, UnicodeError, ValueError):
        place = None
    if place is None or "\x00" in place[0]:
        raise WRONG_CURSOR
    return place
