"""A committed change, as pages and the worker are notified of it."""

from dataclasses import dataclass
from uuid import UUID

ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Changed:
    """`what` is booking or connection, `id` the booking's or the consultant's. `consultant_id` is the present
    consultant.

    With `what` account, both ids are the person's: the account changed, or one of its login sessions ended.

    A booking that moves to another consultant is announced twice: to the new one's pages and to the old one's.
    """

    what: str
    id: UUID
    consultant_id: UUID
