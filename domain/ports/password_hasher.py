"""Hashes the normalized form of passwords with a slow function; the passwords themselves are not stored."""

from abc import abstractmethod
from typing import Protocol


class PasswordHasher(Protocol):
    @abstractmethod
    async def hash(self, password: str) -> str:
        """Raises TooBusy."""

    @abstractmethod
    async def matches(self, password: str, password_hash: str | None, *, known: bool = False) -> bool:
        """Takes the same time for a wrong password and for None, which stands for an unknown person.

        `known`: the person is signed in, or the browser is known. Unknown browsers cannot use up their capacity. Raises
        TooBusy.
        """

    @abstractmethod
    def outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with other parameters than new hashes are."""
