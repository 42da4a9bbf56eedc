"""Passwords are kept only as slow hashes."""

from abc import abstractmethod
from typing import Protocol


class PasswordHasher(Protocol):
    @abstractmethod
    async def hash(self, password: str) -> str:
        """Raises TooBusy."""

    @abstractmethod
    async def matches(self, password: str, password_hash: str | None, *, known: bool = False) -> bool:
        """Takes the same time for a wrong password and for None, which stands for an unknown person.

        `known`: no stranger asks. Strangers cannot take up the room of the others. Raises TooBusy.
        """

    @abstractmethod
    def outdated(self, password_hash: str) -> bool:
        """Whether it was made by other parameters than a hash that is made now."""
