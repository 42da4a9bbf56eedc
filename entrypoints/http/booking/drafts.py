"""Drafts of the session form."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, delete, get, put
from litestar.params import FromPath, JSONBody

from application.accounts.log_in import Visitor
from application.booking.save_draft import SaveDraft
from domain.booking.draft import Draft
from domain.errors import Invalid, NotFound, ObjectKind
from domain.rule import Rule
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import Injected

_NONE = NotFound(ObjectKind.DRAFT)
_LONG = Invalid("form", Rule.DRAFT_TOO_LONG, longest=50_000)


class DraftForm(msgspec.Struct, forbid_unknown_fields=True):
    """`form` is stored unchanged. `booking_id` is set when the form edits an existing session."""

    form: dict[str, Any]
    booking_id: UUID | None = None


class DraftResponse(msgspec.Struct):
    id: UUID
    saved_at: datetime
    booking_id: UUID | None
    form: dict[str, Any]


class Drafts(Controller):
    path = "/api/drafts"
    tags = ("drafts",)

    @get(operation_id="listDrafts", summary="List my drafts, newest first", responses=documented_problems())
    async def mine(self, visitor: Injected[Visitor], save_draft: Injected[SaveDraft]) -> list[DraftResponse]:
        return [_shown(one) for one in await save_draft.all_of(visitor.account)]

    @get("/{draft_id:uuid}", operation_id="getDraft", summary="Show a draft", responses=documented_problems(_NONE))
    async def one(
        self, draft_id: FromPath[UUID], visitor: Injected[Visitor], save_draft: Injected[SaveDraft]
    ) -> DraftResponse:
        return _shown(await save_draft.find(visitor.account, draft_id))

    @put(
        "/{draft_id:uuid}",
        operation_id="saveDraft",
        summary="Save a draft",
        responses=documented_problems(_LONG, changes=True, address=True),
    )
    async def save(
        self,
        draft_id: FromPath[UUID],
        data: JSONBody[DraftForm],
        visitor: Injected[Visitor],
        save_draft: Injected[SaveDraft],
    ) -> DraftResponse:
        form = msgspec.json.encode(data.form).decode()
        return _shown(await save_draft(visitor.account, draft_id, form, data.booking_id))

    @delete(
        "/{draft_id:uuid}",
        operation_id="deleteDraft",
        summary="Delete a draft",
        responses=documented_problems(changes=True, address=True),
    )
    async def remove(
        self, draft_id: FromPath[UUID], visitor: Injected[Visitor], save_draft: Injected[SaveDraft]
    ) -> None:
        await save_draft.remove(visitor.account, draft_id)


def _shown(draft: Draft) -> DraftResponse:
    return DraftResponse(draft.id, draft.saved_at, draft.booking_id, msgspec.json.decode(draft.form))
