"""Erasure of connection data, with a receipt."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from application.erase_connection import EraseConnection
from application.sign_in import Visitor
from domain.erasure import Receipt
from domain.errors import NotAllowed, NotFound
from domain.revocation import Revocation
from entrypoints.http.given import Given
from entrypoints.http.refusals import refusals


class ErasureForm(msgspec.Struct, forbid_unknown_fields=True):
    """`links` also destroys the stored join links of the person's past sessions."""

    email: str
    links: bool = False


class EndingShown(msgspec.Struct):
    """`meetings_left` counts meetings that were to be removed there and were not."""

    revocation: Revocation
    meetings_left: int


class ReceiptShown(msgspec.Struct):
    """What was destroyed, as rows by kind. `email_hash` is the sha256 of the address in lower case.

    `revoked` tells for each provider whether it confirmed, `endings` what became of the authorization there; where it
    did not confirm, the person removes Calendra there.
    """

    id: UUID
    email_hash: str
    erased_at: datetime
    asked_by: str
    erased: dict[str, int]
    revoked: dict[str, bool]
    endings: dict[str, EndingShown]


@post(
    "/api/erasures",
    operation_id="eraseConnectionData",
    summary="Erase by e-mail address",
    tags=["erasure"],
    responses=refusals(NotAllowed(), NotFound("person with this e-mail address"), changes=True),
)
async def erase(
    data: JSONBody[ErasureForm], visitor: Given[Visitor], erase_connection: Given[EraseConnection]
) -> ReceiptShown:
    return receipt_shown(await erase_connection(visitor.account, data.email, links=data.links))


@get(
    "/api/erasures",
    operation_id="listReceipts",
    summary="Receipts of erasures, newest first",
    tags=["erasure"],
    responses=refusals(NotAllowed()),
)
async def list_receipts(visitor: Given[Visitor], erase_connection: Given[EraseConnection]) -> list[ReceiptShown]:
    """The last hundred of the practice."""
    return [receipt_shown(one) for one in await erase_connection.receipts(visitor.account)]


@get(
    "/api/erasures/{receipt_id:uuid}",
    operation_id="getReceipt",
    summary="A receipt, to keep",
    tags=["erasure"],
    responses=refusals(NotAllowed(), NotFound("receipt")),
)
async def receipt(
    receipt_id: FromPath[UUID], visitor: Given[Visitor], erase_connection: Given[EraseConnection]
) -> Response[ReceiptShown]:
    found = await erase_connection.find(visitor.account, receipt_id)
    name = f'attachment; filename="calendra-erasure-{found.id}.json"'
    return Response(receipt_shown(found), headers={"Content-Disposition": name})


def receipt_shown(found: Receipt) -> ReceiptShown:
    endings = {name: EndingShown(one.revocation, one.meetings_left) for name, one in found.endings.items()}
    return ReceiptShown(
        found.id, found.email_hash, found.erased_at, found.asked_by, found.erased, found.revoked, endings
    )
