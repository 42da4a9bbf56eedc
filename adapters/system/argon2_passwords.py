"""Password hashes with argon2id, outside the event loop and few at once: one takes a tenth of a second and 64 MB."""

from contextlib import AbstractContextManager

from argon2 import PasswordHasher as Argon2
from argon2 import Type
from argon2.exceptions import InvalidHashError, VerificationError

from adapters.system.hashing_lane import HashingLane
from domain.accounts.hashing_share import HashingShare
from domain.accounts.password import normalized
from domain.ports.password_hasher import PasswordHasher


def recommended() -> Argon2:
    """RFC 9106, section 4, the second recommended option; well above OWASP's minimum of 19 MiB and two rounds."""
    return Argon2(type=Type.ID, time_cost=3, memory_cost=65_536, parallelism=4, hash_len=32, salt_len=16)


class Argon2Passwords(PasswordHasher):
    """Unauthenticated requests have a lane of their own, so that a flood of them does not block the others."""

    def __init__(self, argon2: Argon2 | None = None) -> None:
        self._argon2 = argon2 or recommended()
        self._strangers, self._others = HashingLane("strangers"), HashingLane("others")
        self._nobody = self._argon2.hash("the password of nobody")

    def reserve(self, share: HashingShare) -> AbstractContextManager[None]:
        return self._lane(share).reserve(share)

    async def hash(self, password: str, share: HashingShare) -> str:
        return await self._lane(share).do(lambda: self._argon2.hash(normalized(password)), share)

    async def matches(self, password: str, password_hash: str | None, share: HashingShare) -> bool:
        right = await self._lane(share).do(lambda: self._verified(password, password_hash or self._nobody), share)
        return right and password_hash is not None

    def outdated(self, password_hash: str) -> bool:
        return self._argon2.check_needs_rehash(password_hash)

    def _verified(self, password: str, password_hash: str) -> bool:
        try:
            return self._argon2.verify(password_hash, normalized(password))
        except (VerificationError, InvalidHashError):
            return False

    def _lane(self, share: HashingShare) -> HashingLane:
        return self._others if share.known else self._strangers
