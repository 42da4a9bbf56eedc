"""The end of a page as an opaque cursor: a moment, and what orders entries of the same moment."""

import base64
import binascii
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from domain.errors import Invalid
from domain.rule import Rule

Key = TypeVar("Key")


def cursor_at(moment: datetime, key: object) -> str:
    return base64.urlsafe_b64encode(f"{moment.isoformat()}|{key}".encode()).decode().rstrip("=")


def place_of(cursor: str, key: Callable[[str], Key]) -> tuple[datetime, Key]:
    """`key` reads the second part, and raises ValueError when it cannot. Raises Invalid."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment, _, rest = text.partition("|")
        place = datetime.fromisoformat(moment), key(rest)
    except (binascii.Error, UnicodeError, ValueError) as error:
        raise Invalid("cursor", Rule.NOT_A_CURSOR) from error
    if place[0].tzinfo is None:
        raise Invalid("cursor", Rule.NOT_A_CURSOR)
    return place
