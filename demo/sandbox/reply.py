"""Reads and writes the JSON of the control API."""

from typing import Any, TypeVar

import msgspec
from litestar import Response

from demo.sandbox.access import AnyRequest
from demo.sandbox.errors import Refusal

Wanted = TypeVar("Wanted")


def reply(answer: Any, status: int = 200) -> Response[bytes]:
    return Response(msgspec.json.encode(answer), status_code=status, media_type="application/json")


async def read(request: AnyRequest, wanted: type[Wanted]) -> Wanted:
    try:
        return msgspec.json.decode(await request.body() or b"{}", type=wanted)
    except msgspec.DecodeError as error:
        raise Refusal(400, {"problem": str(error)}) from error
