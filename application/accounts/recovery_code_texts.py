"""The texts of recovery codes: groups of characters that are hard to confuse."""

import hashlib
import secrets
from datetime import datetime

from domain.accounts.account import Account
from domain.accounts.recovery_code import AT_ONCE, RecoveryCode

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base32
_GROUPS, _IN_GROUP = 4, 4
_READ_AS = str.maketrans("oil", "011")


def fresh_texts() -> list[str]:
    """Each has 80 random bits."""
    return ["-".join(_group() for _ in range(_GROUPS)) for _ in range(AT_ONCE)]


def stored(account: Account, text: str, now: datetime) -> RecoveryCode:
    return RecoveryCode(account.organization_id, account.id, hash_of(text), now)


def hash_of(text: str) -> bytes:
    """Case, spaces and hyphens make no difference, nor letters that look like digits."""
    typed = "".join(letter for letter in text.lower() if letter.isalnum()).translate(_READ_AS)
    return hashlib.sha256(f"recovery code {typed}".encode(errors="surrogatepass")).digest()


def _group() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_IN_GROUP))
