"""Secrets at rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.postgres.token_cipher import DecryptionFailed, TokenCipher

OLD, NEW = bytes(32), bytes(range(32))


@given(secret=st.text(st.characters(exclude_categories=["Cs"])), row=st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_opens(secret: str, row: str) -> None:
    cipher = TokenCipher([NEW])
    assert cipher.open(cipher.encrypt(secret, row), row) == secret


def test_nothing_readable_stays_and_no_two_seals_are_equal() -> None:
    cipher = TokenCipher([NEW])
    assert b"secret" not in cipher.encrypt("secret", "row")
    assert cipher.encrypt("secret", "row") != cipher.encrypt("secret", "row")


def test_a_ciphertext_in_another_row_fails() -> None:
    cipher = TokenCipher([NEW])
    with pytest.raises(DecryptionFailed, match="row"):
        cipher.open(cipher.encrypt("secret", "row 1"), "row 2")


@pytest.mark.parametrize("position", [0, 1, 5, 17, -1])
def test_an_altered_ciphertext_fails(position: int) -> None:
    encrypted = bytearray(TokenCipher([NEW]).encrypt("secret", "row"))
    encrypted[position] ^= 1
    with pytest.raises(DecryptionFailed):
        TokenCipher([NEW]).open(bytes(encrypted), "row")


@pytest.mark.parametrize("encrypted", [b"", b"\x01", b"\x01abcd"])
def test_a_stump_fails(encrypted: bytes) -> None:
    with pytest.raises(DecryptionFailed):
        TokenCipher([NEW]).open(encrypted, "row")


def test_the_first_key_seals_and_all_open() -> None:
    both = TokenCipher([NEW, OLD])
    assert both.open(TokenCipher([OLD]).encrypt("secret", "row"), "row") == "secret"
    assert TokenCipher([NEW]).open(both.encrypt("secret", "row"), "row") == "secret"
    with pytest.raises(DecryptionFailed, match="key"):
        TokenCipher([OLD]).open(both.encrypt("secret", "row"), "row")


@pytest.mark.parametrize("keys", [[], [b"short"], [NEW, b""]])
def test_a_ring_without_proper_keys_is_refused(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        TokenCipher(keys)
