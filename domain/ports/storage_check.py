"""The readiness check of the storage."""

from abc import abstractmethod
from typing import Protocol


class StorageCheck(Protocol):
    @abstractmethod
    async def __call__(self) -> str:
        """`ok`, or one sentence about what is wrong and what to do."""
