"""Moments in requests."""

from datetime import datetime

from domain.errors import Invalid
from domain.rule import Rule


def must_be_aware(**moments: datetime) -> None:
    """Raises Invalid when a moment has no UTC offset; the keyword is the field's name."""
    for field, moment in moments.items():
        if moment.tzinfo is None:
            raise Invalid(field, Rule.NO_UTC_OFFSET)
