"""Which secrets give no protection, because anyone can read or guess them."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

_LEAST = 8  # different characters, and different steps between them: a random secret of 22 characters has more
_PUBLISHED = frozenset(  # by the demo, the sandbox and the tests
    {
        "look-around-here",
        "calendra-sandbox-secret",
        "calendra-sandbox-webhook-secret",
        "only for tests, but long enough for all",
    }
)
_PLACEHOLDERS = ("…", "...", "changeme", "change-me", "change me", "example")


def weak(variable: str, secrets: Iterable[str | bytes], way_out: str) -> Iterator[str]:
    """One readable line for each weak secret of the variable. Names no part of it."""
    for secret in secrets:
        if isinstance(secret, str) and _published(secret):
            yield f"{variable} is too weak: its value is published or a placeholder. {way_out}"
        elif _regular(secret.encode() if isinstance(secret, str) else secret):
            yield f"{variable} is too weak: its value is too short or too regular to be random. {way_out}"


def _published(secret: str) -> bool:
    return secret in _PUBLISHED or any(part in secret.lower() for part in _PLACEHOLDERS)


def _regular(secret: bytes) -> bool:
    """Few different bytes, a sequence, or a repeated part."""
    steps = {(after - before) % 256 for before, after in pairwise(secret)}
    repeats = any(secret[part:] == secret[:-part] for part in range(1, len(secret) // 2 + 1))
    return min(len(set(secret)), len(steps)) < _LEAST or repeats
