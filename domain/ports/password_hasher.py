"""Passwords are kept only as slow hashes."""

from abc import abstractmethod
from typing import Protocol


class PasswordHasher(Protocol):
    @abstractmethod
    async def hash(self, password: str) -> str: ...

    @abstractmethod
    async def matches(self, password: str, password_hash: str | None) -> bool:
        """Takes the same time for a wrong password and for None, which stands for an unknown person."""
