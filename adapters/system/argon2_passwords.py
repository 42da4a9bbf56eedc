"""Passwords by argon2id, away from the event loop and few at once: one takes a tenth of a second and 64 MB."""

import asyncio

from argon2 import PasswordHasher as Argon2
from argon2.exceptions import InvalidHashError, VerificationError

from domain.ports.password_hasher import PasswordHasher

_AT_ONCE = 4


class Argon2Passwords(PasswordHasher):
    """The library's own parameters, which follow RFC 9106."""

    def __init__(self) -> None:
        self._argon2 = Argon2()
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._nobody = self._argon2.hash("the password of nobody")

    async def hash(self, password: str) -> str:
        async with self._turn:
            return await asyncio.to_thread(self._argon2.hash, password)

    async def matches(self, password: str, password_hash: str | None) -> bool:
        async with self._turn:
            right = await asyncio.to_thread(self._verified, password, password_hash or self._nobody)
        return right and password_hash is not None

    def _verified(self, password: str, password_hash: str) -> bool:
        try:
            return self._argon2.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False
