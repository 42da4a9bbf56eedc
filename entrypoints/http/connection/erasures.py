"""Erasure of connection data, with a receipt."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from application.accounts.sign_in import Visitor
from application.connection.erase_connection import EraseConnection
from domain.connection.revocation import Ending, Revocation
from domain.erasure import Kept, Receipt
from domain.errors import NotAllowed, NotFound
from domain.providers import Providers
from entrypoints.http.given import Given
from entrypoints.http.refusals import refusals


class ErasureForm(msgspec.Struct, forbid_unknown_fields=True):
    """`links` also destroys the stored join links of the person's past sessions."""

    email: str
    links: bool = False


class EndingShown(msgspec.Struct):
    """`meetings_left` counts meetings that were to be removed there and were not. The person removes Calendra at
    `removal_address` and deletes meetings at `meetings_address`; both are empty for a provider that is not set up."""

    revocation: Revocation
    meetings_left: int
    removal_address: str
    meetings_address: str


class MentionShown(msgspec.Struct):
    """A session whose title or notes still name the erased client."""

    booking_id: UUID
    starts_at: datetime


class KeptShown(msgspec.Struct):
    """What stays of an erased client: past sessions, with a client without a name; drafts and sessions whose texts
    still name the client."""

    past_sessions: int
    drafts: int
    mentions: list[MentionShown]


class ReceiptShown(msgspec.Struct):
    """What was destroyed, as rows by kind. `email_hash` is the sha256 of the address in lower case.

    `revoked` tells for each provider whether it confirmed, `endings` what became of the authorization there, also of
    one that was disconnected earlier; where it did not confirm, Calendra may still be installed in the account, and
    the person removes it there.
    """

    id: UUID
    email_hash: str
    erased_at: datetime
    asked_by: str
    erased: dict[str, int]
    revoked: dict[str, bool]
    endings: dict[str, EndingShown]
    kept: KeptShown


@post(
    "/api/erasures",
    operation_id="eraseConnectionData",
    summary="Erase by e-mail address",
    tags=["erasure"],
    responses=refusals(NotAllowed(), NotFound("person with this e-mail address"), changes=True),
)
async def erase(
    data: JSONBody[ErasureForm],
    visitor: Given[Visitor],
    erase_connection: Given[EraseConnection],
    meeting_providers: Given[Providers],
) -> ReceiptShown:
    receipt = await erase_connection(visitor.account, data.email, links=data.links)
    return receipt_shown(receipt, meeting_providers)


@get(
    "/api/erasures",
    operation_id="listReceipts",
    summary="Receipts of erasures, newest first",
    tags=["erasure"],
    responses=refusals(NotAllowed()),
)
async def list_receipts(
    visitor: Given[Visitor], erase_connection: Given[EraseConnection], meeting_providers: Given[Providers]
) -> list[ReceiptShown]:
    """The last hundred of the practice."""
    return [receipt_shown(one, meeting_providers) for one in await erase_connection.receipts(visitor.account)]


@get(
    "/api/erasures/{receipt_id:uuid}",
    operation_id="getReceipt",
    summary="A receipt, to keep",
    tags=["erasure"],
    responses=refusals(NotAllowed(), NotFound("receipt")),
)
async def receipt(
    receipt_id: FromPath[UUID],
    visitor: Given[Visitor],
    erase_connection: Given[EraseConnection],
    meeting_providers: Given[Providers],
) -> Response[ReceiptShown]:
    found = await erase_connection.find(visitor.account, receipt_id)
    name = f'attachment; filename="calendra-erasure-{found.id}.json"'
    return Response(receipt_shown(found, meeting_providers), headers={"Content-Disposition": name})


def receipt_shown(found: Receipt, providers: Providers) -> ReceiptShown:
    endings = {name: _ending_shown(name, one, providers) for name, one in found.endings.items()}
    return ReceiptShown(
        found.id,
        found.email_hash,
        found.erased_at,
        found.asked_by,
        found.erased,
        found.revoked,
        endings,
        _kept_shown(found.kept),
    )


def _ending_shown(name: str, ending: Ending, providers: Providers) -> EndingShown:
    removal, meetings = "", ""
    if name in providers:
        removal, meetings = providers[name].removal_address, providers[name].meetings_address
    return EndingShown(ending.revocation, ending.meetings_left, removal, meetings)


def _kept_shown(kept: Kept) -> KeptShown:
    mentions = [MentionShown(one.booking_id, one.starts_at) for one in kept.mentions]
    return KeptShown(kept.past_sessions, kept.drafts, mentions)
