"""Selects entries that are past their retention, in memory."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

K = TypeVar("K")


def oldest(moments: Mapping[K, datetime], before: datetime, most: int) -> list[K]:
    """The keys of the entries older than `before`, oldest first, at most `most`."""
    return sorted((key for key, moment in moments.items() if moment < before), key=lambda key: moments[key])[:most]
