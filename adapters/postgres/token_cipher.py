"""Encrypts secrets at rest: AES-GCM with a ring of keys, each ciphertext bound to its row."""

import logging
import os
from collections.abc import Sequence
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"\x01"
_KEY_ID = 4
_NONCE = 12
_PREFIX = len(_VERSION) + _KEY_ID
_MOST_LOGGED = 1000

_log = logging.getLogger("calendra.postgres")
_logged: set[str] = set()


class DecryptionFailed(Exception):
    """No key of the ring decrypts the secret: its key is missing, or it was altered or moved to another row."""


def log_unreadable(what: str, error: DecryptionFailed) -> None:
    """Once per process and row: every list reads the row again."""
    if what not in _logged and len(_logged) < _MOST_LOGGED:
        _logged.add(what)
        _log.error("cannot decrypt %s: %s", what, error)


class TokenCipher:
    """Writes version, key id, nonce, ciphertext. The first key encrypts, every key decrypts. A key has 32 bytes."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != 32 for key in keys):
            raise ValueError("The key ring needs at least one key, and each key has 32 bytes.")
        self._ciphers = {_key_id(key): AESGCM(key) for key in keys}
        self._newest = _key_id(keys[0])

    @property
    def newest(self) -> bytes:
        """The prefix of every ciphertext that the first key wrote."""
        return _VERSION + self._newest

    def knows(self, encrypted: bytes) -> bool:
        """Whether the ring has the key of this ciphertext."""
        return encrypted.startswith(_VERSION) and encrypted[len(_VERSION) : _PREFIX] in self._ciphers

    def encrypt(self, secret: str, row: str) -> bytes:
        nonce = os.urandom(_NONCE)
        encrypted = self._ciphers[self._newest].encrypt(nonce, secret.encode(), _bound(self.newest, row))
        return self.newest + nonce + encrypted

    def open(self, encrypted: bytes, row: str) -> str:
        prefix, nonce, ciphertext = (
            encrypted[:_PREFIX],
            encrypted[_PREFIX : _PREFIX + _NONCE],
            encrypted[_PREFIX + _NONCE :],
        )
        if not self.knows(encrypted):
            raise DecryptionFailed(
                f"The key {prefix[len(_VERSION) :].hex()} of a stored secret is not in the key ring."
            )
        try:
            return self._ciphers[prefix[len(_VERSION) :]].decrypt(nonce, ciphertext, _bound(prefix, row)).decode()
        except (InvalidTag, ValueError) as error:  # ValueError: a truncated nonce
            raise DecryptionFailed("A stored secret was altered, or does not belong to its row.") from error


def _key_id(key: bytes) -> bytes:
    return sha256(b"calendra key id" + key).digest()[:_KEY_ID]


def _bound(prefix: bytes, row: str) -> bytes:
    return prefix + row.encode()
