"""Hashes the normalized form of passwords with a slow function; the passwords themselves are not stored."""

from abc import abstractmethod
from contextlib import AbstractContextManager
from typing import Protocol

from domain.accounts.hashing_share import HashingShare


class PasswordHasher(Protocol):
    """Nobody can use more than their share of the capacity, and unknown browsers cannot use up that of others."""

    @abstractmethod
    def reserve(self, share: HashingShare) -> AbstractContextManager[None]:
        """Counts a whole request, so that no statement is run for one that finds no room. Raises TooBusy."""

    @abstractmethod
    async def hash(self, password: str, share: HashingShare) -> str:
        """Raises TooBusy."""

    @abstractmethod
    async def matches(self, password: str, password_hash: str | None, share: HashingShare) -> bool:
        """Takes the same time for a wrong password and for None, which stands for an unknown person. Raises TooBusy."""

    @abstractmethod
    def outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with other parameters than new hashes are."""
