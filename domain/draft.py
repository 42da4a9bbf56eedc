"""An unfinished session form, kept as its owner left it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.errors import Invalid

KEPT_FOR = timedelta(days=60)
LARGEST_FORM = 50_000


@dataclass(frozen=True, slots=True)
class Draft:
    """`form` is the form's own text (JSON); nobody but its owner reads it. `booking_id` when it edits one."""

    organization_id: UUID
    id: UUID
    account_id: UUID
    form: str
    saved_at: datetime
    booking_id: UUID | None = None

    def __post_init__(self) -> None:
        if len(self.form) > LARGEST_FORM:
            raise Invalid("form", f"The form has more than {LARGEST_FORM} characters.", "Shorten the notes.")
