"""Erasure of connection data, with a receipt."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from application.accounts.erase_account import EraseAccount
from application.accounts.log_in import Visitor
from application.connection.erase_connection import EraseConnection
from domain.accounts.errors import AccountNotEnded, SessionsToCome
from domain.connection.revocation import Ending, Revocation
from domain.erasure import Kept, Receipt
from domain.errors import NotAllowed, NotFound, ObjectKind
from domain.providers import Providers
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import CONFIRMED, Injected


class ErasureForm(msgspec.Struct, forbid_unknown_fields=True):
    """`links` also erases the stored join links of the person's past sessions."""

    email: str
    links: bool = False


class EndingResponse(msgspec.Struct):
    """`meetings_left` counts the meetings that should have been removed at the provider and were not. The person
    removes Calendra at `removal_address` and deletes meetings at `meetings_address`. Both are empty for a provider that
    is not configured."""

    revocation: Revocation
    meetings_left: int
    removal_address: str
    meetings_address: str


class MentionResponse(msgspec.Struct):
    """A session whose title or notes still name the erased client."""

    booking_id: UUID
    starts_at: datetime


class KeptResponse(msgspec.Struct):
    """The data of an erased client that stay: past sessions, with an unnamed client, and drafts and sessions whose
    texts still name the client."""

    past_sessions: int
    drafts: int
    mentions: list[MentionResponse]


class ReceiptResponse(msgspec.Struct):
    """`erased` counts the erased rows by kind. `email_hash` is the SHA-256 of the address in lower case.

    `revoked` tells for each provider whether it confirmed the revocation. `endings` gives the result at each provider,
    for connections that ended earlier too. Without a confirmation Calendra may still be installed in the account, and
    the person removes it there.
    """

    id: UUID
    email_hash: str
    erased_at: datetime
    asked_by: str
    erased: dict[str, int]
    revoked: dict[str, bool]
    endings: dict[str, EndingResponse]
    kept: KeptResponse


@post(
    "/api/erasures",
    operation_id="eraseConnectionData",
    summary="Erase connection data by e-mail address",
    tags=["erasure"],
    opt=CONFIRMED,
    responses=documented_problems(NotAllowed(), NotFound(ObjectKind.PERSON), changes=True, confirmed=True),
)
async def erase(
    data: JSONBody[ErasureForm],
    visitor: Injected[Visitor],
    erase_connection: Injected[EraseConnection],
    meeting_providers: Injected[Providers],
) -> ReceiptResponse:
    receipt = await erase_connection(visitor.account, data.email, links=data.links)
    return receipt_response(receipt, meeting_providers)


@post(
    "/api/people/{former_id:uuid}/erasure",
    operation_id="erasePerson",
    summary="Erase the data of a person whose account has ended",
    tags=["erasure"],
    opt=CONFIRMED,
    responses=documented_problems(
        NotAllowed(),
        NotFound(ObjectKind.PERSON),
        AccountNotEnded(name="Ana Novak"),
        SessionsToCome(name="Ana Novak", sessions=3),
        changes=True,
        confirmed=True,
    ),
)
async def erase_person(
    former_id: FromPath[UUID],
    visitor: Injected[Visitor],
    erase_account: Injected[EraseAccount],
    meeting_providers: Injected[Providers],
) -> ReceiptResponse:
    """Name and address, connection data and the join links of past sessions. Past sessions and histories stay, with an
    unnamed person, who cannot be brought back. The address is free."""
    return receipt_response(await erase_account(visitor.account, former_id), meeting_providers)


@get(
    "/api/erasures",
    operation_id="listReceipts",
    summary="List receipts of erasures, newest first",
    tags=["erasure"],
    responses=documented_problems(NotAllowed()),
)
async def list_receipts(
    visitor: Injected[Visitor], erase_connection: Injected[EraseConnection], meeting_providers: Injected[Providers]
) -> list[ReceiptResponse]:
    """The last hundred receipts of the practice."""
    return [receipt_response(one, meeting_providers) for one in await erase_connection.receipts(visitor.account)]


@get(
    "/api/erasures/{receipt_id:uuid}",
    operation_id="getReceipt",
    summary="Show a receipt",
    tags=["erasure"],
    responses=documented_problems(NotAllowed(), NotFound(ObjectKind.RECEIPT)),
)
async def receipt(
    receipt_id: FromPath[UUID],
    visitor: Injected[Visitor],
    erase_connection: Injected[EraseConnection],
    meeting_providers: Injected[Providers],
) -> Response[ReceiptResponse]:
    found = await erase_connection.find(visitor.account, receipt_id)
    name = f'attachment; filename="calendra-erasure-{found.id}.json"'
    return Response(receipt_response(found, meeting_providers), headers={"Content-Disposition": name})


def receipt_response(found: Receipt, providers: Providers) -> ReceiptResponse:
    endings = {name: _ending_shown(name, one, providers) for name, one in found.endings.items()}
    return ReceiptResponse(
        found.id,
        found.email_hash,
        found.erased_at,
        found.asked_by,
        found.erased,
        found.revoked,
        endings,
        _kept_shown(found.kept),
    )


def _ending_shown(name: str, ending: Ending, providers: Providers) -> EndingResponse:
    removal, meetings = "", ""
    if name in providers:
        removal, meetings = providers[name].removal_address, providers[name].meetings_address
    return EndingResponse(ending.revocation, ending.meetings_left, removal, meetings)


def _kept_shown(kept: Kept) -> KeptResponse:
    mentions = [MentionResponse(one.booking_id, one.starts_at) for one in kept.mentions]
    return KeptResponse(kept.past_sessions, kept.drafts, mentions)
