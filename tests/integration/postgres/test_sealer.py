"""Secrets at rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.postgres.sealer import SealBroken, Sealer

OLD, NEW = bytes(32), bytes(range(32))


@given(secret=st.text(st.characters(exclude_categories=["Cs"])), row=st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_opens(secret: str, row: str) -> None:
    sealer = Sealer([NEW])
    assert sealer.open(sealer.seal(secret, row), row) == secret


def test_nothing_readable_stays_and_no_two_seals_are_equal() -> None:
    sealer = Sealer([NEW])
    assert b"secret" not in sealer.seal("secret", "row")
    assert sealer.seal("secret", "row") != sealer.seal("secret", "row")


def test_a_ciphertext_in_another_row_fails() -> None:
    sealer = Sealer([NEW])
    with pytest.raises(SealBroken, match="row"):
        sealer.open(sealer.seal("secret", "row 1"), "row 2")


@pytest.mark.parametrize("position", [0, 1, 5, 17, -1])
def test_an_altered_ciphertext_fails(position: int) -> None:
    sealed = bytearray(Sealer([NEW]).seal("secret", "row"))
    sealed[position] ^= 1
    with pytest.raises(SealBroken):
        Sealer([NEW]).open(bytes(sealed), "row")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01abcd"])
def test_a_stump_fails(sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        Sealer([NEW]).open(sealed, "row")


def test_the_first_key_seals_and_all_open() -> None:
    both = Sealer([NEW, OLD])
    assert both.open(Sealer([OLD]).seal("secret", "row"), "row") == "secret"
    assert Sealer([NEW]).open(both.seal("secret", "row"), "row") == "secret"
    with pytest.raises(SealBroken, match="key"):
        Sealer([OLD]).open(both.seal("secret", "row"), "row")


@pytest.mark.parametrize("keys", [[], [b"short"], [NEW, b""]])
def test_a_ring_without_proper_keys_is_refused(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Sealer(keys)
