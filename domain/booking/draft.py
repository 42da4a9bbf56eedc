"""A draft: an unfinished booking form, as its owner left it."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.clients.client import Client
from domain.clients.mention import hints_at, mentions
from domain.errors import Invalid
from domain.rule import Rule

KEPT_FOR = timedelta(days=60)
LARGEST_FORM = 50_000
_TEXTS = ("title", "notes")


@dataclass(frozen=True, slots=True)
class Draft:
    """`form` is the form as JSON, which only its owner reads. `booking_id` is the booking that the draft edits, if
    any."""

    organization_id: UUID
    id: UUID
    account_id: UUID
    form: str
    saved_at: datetime
    booking_id: UUID | None = None

    def __post_init__(self) -> None:
        if len(self.form) > LARGEST_FORM:
            raise Invalid("form", Rule.DRAFT_TOO_LONG, longest=LARGEST_FORM)

    def with_client_instead(self, client_id: UUID, *, of: UUID) -> "Draft":
        return replace(self, form=self.form.replace(str(of), str(client_id)))

    def is_about(self, client: Client) -> bool:
        """Whether the form names the client by id or, in its title or notes, by name."""
        return str(client.id) in self.form or self.mentions(client)

    def mentions(self, client: Client) -> bool:
        form = json.loads(self.form)
        texts = [str(form.get(name) or "") for name in _TEXTS] if isinstance(form, dict) else []
        found = hints_at if str(client.id) in self.form else mentions
        return found(client.name, *texts)

    def without_texts(self) -> "Draft":
        """Removes the title and notes. Empty ones would, in a draft of an edit, empty those of the booking."""
        form = json.loads(self.form)
        kept = {name: value for name, value in form.items() if name not in _TEXTS}
        return replace(self, form=json.dumps(kept, ensure_ascii=False))

    def without_client(self, client_id: UUID) -> "Draft":
        """Removes the client from lists and values, together with what was typed about them."""
        return replace(self, form=json.dumps(_without(json.loads(self.form), str(client_id)), ensure_ascii=False))


def _without(part: object, client_id: str) -> object:
    if isinstance(part, dict):
        kept = {name: value for name, value in part.items() if not _names(value, client_id)}
        return {name: _without(value, client_id) for name, value in kept.items()}
    if isinstance(part, list):
        return [_without(value, client_id) for value in part if not _names(value, client_id)]
    return part


def _names(part: object, client_id: str) -> bool:
    """Whether `part` is the id itself, or an object with this id."""
    return part == client_id or (isinstance(part, dict) and part.get("id") == client_id)
