"""A client's contact notes and audit log, and the client's rights: merge, export, erase."""

from typing import Any, cast
from uuid import UUID

import msgspec
from litestar import Controller, Response, delete, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from application.accounts.log_in import Visitor
from application.clients.erase_client import EraseClient
from application.clients.export_client import ExportClient
from application.clients.keep_contact_notes import KeepContactNotes
from application.clients.manage_clients import ManageClients
from application.clients.merge_clients import MergeClients
from domain.clients.errors import ClientErased, ClientHasSessions
from domain.errors import Invalid, NotAllowed, NotFound, ObjectKind
from domain.providers import Providers
from domain.rule import Rule
from entrypoints.http.audit_entries import AuditEntryResponse, lines_of
from entrypoints.http.clients.client_forms import (
    ClientErasureForm,
    ContactNoteForm,
    ContactNoteResponse,
    ErasurePreviewResponse,
    ExportedClient,
    MergeForm,
    MergerResponse,
    erasure_preview_response,
    exported,
    merger_response,
    note_response,
    notes_response,
)
from entrypoints.http.clients.clients import NO_SUCH_CLIENT
from entrypoints.http.connection.erasures import ReceiptResponse, receipt_response
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.idempotency import KEY_REFUSED, IdempotencyKey, creation_key
from entrypoints.http.injected import CONFIRMED, Injected

_EMPTY = Invalid("text", Rule.EMPTY)
_SAME = Invalid("other_id", Rule.SAME_CLIENT)
_OF_ADMINS = (NotAllowed(), NO_SUCH_CLIENT)


class ClientRecords(Controller):
    path = "/api/clients/{client_id:uuid}"
    tags = ("clients",)

    @get(
        "/notes",
        operation_id="listContactNotes",
        summary="List contact notes",
        responses=documented_problems(NO_SUCH_CLIENT),
    )
    async def notes(
        self, client_id: FromPath[UUID], visitor: Injected[Visitor], keep_contact_notes: Injected[KeepContactNotes]
    ) -> list[ContactNoteResponse]:
        """Newest day first."""
        return notes_response(await keep_contact_notes.of(visitor.account, client_id))

    @post(
        "/notes",
        operation_id="addContactNote",
        summary="Add a contact note",
        responses=documented_problems(NO_SUCH_CLIENT, _EMPTY, ClientErased(), *KEY_REFUSED, changes=True),
    )
    async def add_note(
        self,
        client_id: FromPath[UUID],
        data: JSONBody[ContactNoteForm],
        visitor: Injected[Visitor],
        keep_contact_notes: Injected[KeepContactNotes],
        idempotency_key: IdempotencyKey = None,
    ) -> ContactNoteResponse:
        key = creation_key(visitor, idempotency_key)
        note = await keep_contact_notes.add(visitor.account, client_id, key, data.day, data.text)
        return note_response(note, visitor.account.name)

    @delete(
        "/notes/{note_id:uuid}",
        operation_id="removeContactNote",
        summary="Remove a contact note",
        responses=documented_problems(NotFound(ObjectKind.NOTE), changes=True),
    )
    async def remove_note(
        self,
        client_id: FromPath[UUID],
        note_id: FromPath[UUID],
        visitor: Injected[Visitor],
        keep_contact_notes: Injected[KeepContactNotes],
    ) -> None:
        await keep_contact_notes.remove(visitor.account, client_id, note_id)

    @get(
        "/history",
        operation_id="getClientHistory",
        summary="Show the audit log of a client",
        responses=documented_problems(NO_SUCH_CLIENT),
    )
    async def history(
        self, client_id: FromPath[UUID], visitor: Injected[Visitor], manage_clients: Injected[ManageClients]
    ) -> list[AuditEntryResponse]:
        return lines_of(await manage_clients.history(visitor.account, client_id))

    @get(
        "/merge",
        operation_id="previewMerger",
        summary="Preview merging another client into this one",
        responses=documented_problems(*_OF_ADMINS, _SAME, ClientErased()),
    )
    async def preview_merger(
        self,
        client_id: FromPath[UUID],
        visitor: Injected[Visitor],
        merge_clients: Injected[MergeClients],
        other_id: FromQuery[UUID],
    ) -> MergerResponse:
        return merger_response(await merge_clients.preview(visitor.account, client_id, other_id))

    @post(
        "/merge",
        operation_id="mergeClients",
        status_code=200,
        summary="Merge another client into this one",
        responses=documented_problems(*_OF_ADMINS, _SAME, ClientErased(), changes=True),
    )
    async def merge(
        self,
        client_id: FromPath[UUID],
        data: JSONBody[MergeForm],
        visitor: Injected[Visitor],
        merge_clients: Injected[MergeClients],
    ) -> MergerResponse:
        return merger_response(await merge_clients(visitor.account, client_id, data.other_id))

    @get(
        "/export",
        operation_id="exportClient",
        summary="Export all stored data of a client",
        opt=CONFIRMED,
        responses=documented_problems(*_OF_ADMINS, confirmed=True),
    )
    async def export(
        self, client_id: FromPath[UUID], visitor: Injected[Visitor], export_client: Injected[ExportClient]
    ) -> Response[ExportedClient]:
        stored = exported(await export_client(visitor.account, client_id))
        text = msgspec.json.format(msgspec.json.encode(stored), indent=2)
        name = f'attachment; filename="calendra-client-{client_id}.json"'
        return Response(cast(Any, text), media_type="application/json", headers={"Content-Disposition": name})

    @get(
        "/erasure",
        operation_id="previewClientErasure",
        summary="Preview the erasure of a client",
        responses=documented_problems(*_OF_ADMINS),
    )
    async def preview_erasure(
        self, client_id: FromPath[UUID], visitor: Injected[Visitor], erase_client: Injected[EraseClient]
    ) -> ErasurePreviewResponse:
        return erasure_preview_response(await erase_client.preview(visitor.account, client_id))

    @post(
        "/erasure",
        operation_id="eraseClient",
        summary="Erase a client's data",
        opt=CONFIRMED,
        responses=documented_problems(
            *_OF_ADMINS, ClientHasSessions(count=2), ClientErased(), changes=True, confirmed=True
        ),
    )
    async def erase(
        self,
        client_id: FromPath[UUID],
        data: JSONBody[ClientErasureForm],
        visitor: Injected[Visitor],
        erase_client: Injected[EraseClient],
        meeting_providers: Injected[Providers],
    ) -> ReceiptResponse:
        """Past sessions stay, with an unnamed client."""
        erase = erase_client(visitor.account, client_id, end_coming=data.end_coming, texts=data.texts)
        return receipt_response(await erase, meeting_providers)
