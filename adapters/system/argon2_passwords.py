"""Password hashes with argon2id, outside the event loop and few at once: one takes a tenth of a second and 64 MB."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher as Argon2
from argon2 import Type
from argon2.exceptions import InvalidHashError, VerificationError

from domain.accounts.errors import TooBusy
from domain.accounts.password import normalized
from domain.ports.password_hasher import PasswordHasher

T = TypeVar("T")

_AT_ONCE = 2  # in each of the two lanes
_MOST = 40  # running or waiting in a lane: takes some seconds
_RETRY_AFTER = 5


def recommended() -> Argon2:
    """RFC 9106, section 4, the second recommended option; well above OWASP's minimum of 19 MiB and two rounds."""
    return Argon2(type=Type.ID, time_cost=3, memory_cost=65_536, parallelism=4, hash_len=32, salt_len=16)


class Argon2Passwords(PasswordHasher):
    """Unauthenticated requests have a lane of their own, so that a flood of them does not block the others."""

    def __init__(self, argon2: Argon2 | None = None) -> None:
        self._argon2 = argon2 or recommended()
        self._strangers, self._others = _Lane("strangers"), _Lane("others")
        self._nobody = self._argon2.hash("the password of nobody")

    async def hash(self, password: str) -> str:
        return await self._others.do(lambda: self._argon2.hash(normalized(password)))

    async def matches(self, password: str, password_hash: str | None, *, known: bool = False) -> bool:
        lane = self._others if known else self._strangers
        right = await lane.do(lambda: self._verified(password, password_hash or self._nobody))
        return right and password_hash is not None

    def outdated(self, password_hash: str) -> bool:
        return self._argon2.check_needs_rehash(password_hash)

    def _verified(self, password: str, password_hash: str) -> bool:
        try:
            return self._argon2.verify(password_hash, normalized(password))
        except (VerificationError, InvalidHashError):
            return False


class _Lane:
    """Has its own threads. Work keeps its thread even if the request is gone, so the number at once never grows."""

    def __init__(self, name: str) -> None:
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix=f"passwords of {name}")
        self._inside = 0

    async def do(self, work: Callable[[], T]) -> T:
        if self._inside >= _MOST:
            raise TooBusy(retry_after=_RETRY_AFTER)
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._inside -= 1
