"""The Idempotency-Key of a create request."""

from typing import Annotated
from uuid import UUID, uuid4, uuid5

from litestar.params import HeaderParameter

from application.accounts.log_in import Visitor
from domain.creation import KEPT_FOR
from domain.errors import Invalid, KeyReused, ResultGone
from domain.rule import Rule

IdempotencyKey = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        description="Requests of an account with the same key create one object: a repetition gets the object of the "
        "first request. It is refused when its content differs (`idempotency_key_reused`), and when the object has "
        f"been deleted since (`idempotency_result_gone`). Calendra keeps a key for {KEPT_FOR.days} days.",
    ),
]
LONGEST_KEY = 255
WRONG_KEY = Invalid("Idempotency-Key", Rule.NOT_AN_IDEMPOTENCY_KEY, longest=LONGEST_KEY)
KEY_REFUSED = (WRONG_KEY, KeyReused(), ResultGone())


def creation_key(visitor: Visitor, key: str | None) -> UUID:
    """The key as it is stored: the account's own, and new when the request has none. Raises Invalid."""
    if key is None:
        return uuid4()
    if not 1 <= len(key) <= LONGEST_KEY or not key.isprintable():
        raise WRONG_KEY
    return uuid5(visitor.account.id, key)
