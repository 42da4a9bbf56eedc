"""Selects clients for a list or a search."""

from dataclasses import dataclass
from uuid import UUID

from domain.language import Language


@dataclass(frozen=True, slots=True)
class ClientQuery:
    """Each word of `text` has to occur in the name, the address or the number. `archived`: only archived clients,
    instead of the others. `after` is the sort key and the id of the last client of the previous page."""

    language: Language
    text: str = ""
    archived: bool = False
    after: tuple[str, UUID] | None = None
    most: int = 50
