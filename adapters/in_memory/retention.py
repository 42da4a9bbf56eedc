"""Which of many are too old, in memory."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

K = TypeVar("K")


def oldest(moments: Mapping[K, datetime], before: datetime, most: int) -> list[K]:
    """Their keys, oldest first."""
    return sorted((key for key, moment in moments.items() if moment < before), key=lambda key: moments[key])[:most]
