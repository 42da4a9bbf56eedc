"""Whether the storage can be worked with."""

from abc import abstractmethod
from typing import Protocol


class StorageCheck(Protocol):
    @abstractmethod
    async def __call__(self) -> str:
        """`ok`, or one sentence about what is wrong and what to do."""
