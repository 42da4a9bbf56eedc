"""The Idempotency-Key of a create request."""

from typing import Annotated
from uuid import UUID, uuid4, uuid5

from litestar.params import HeaderParameter

from application.accounts.log_in import Visitor
from domain.errors import Invalid

IdempotencyKey = Annotated[
    str | None, HeaderParameter(name="Idempotency-Key", description="Requests with the same key create one object.")
]
WRONG_KEY = Invalid("Idempotency-Key", "A key has 1 to 255 printable characters.", "Send a UUID, for example.")


def new_id(visitor: Visitor, key: str | None) -> UUID:
    """The id of the object to create, derived from the account and the key: a repeated request finds the same object.
    Raises Invalid."""
    if key is None:
        return uuid4()
    if not 1 <= len(key) <= 255 or not key.isprintable():
        raise WRONG_KEY
    return uuid5(visitor.account.id, key)
