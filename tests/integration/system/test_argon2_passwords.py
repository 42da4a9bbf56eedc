"""Passwords are kept only as slow hashes."""

import pytest
from argon2 import extract_parameters

from adapters.system.argon2_passwords import Argon2Passwords
from domain.accounts.hashing_share import BY_OPERATOR


@pytest.fixture(scope="module")
def passwords() -> Argon2Passwords:
    return Argon2Passwords()


async def test_only_the_right_password_matches(passwords: Argon2Passwords) -> None:
    kept = await passwords.hash("a long password č", BY_OPERATOR)
    assert "password" not in kept
    assert await passwords.matches("a long password č", kept, BY_OPERATOR)
    assert not await passwords.matches("another password", kept, BY_OPERATOR)


async def test_the_form_in_which_a_keyboard_sends_the_letters_makes_no_difference(passwords: Argon2Passwords) -> None:
    kept = await passwords.hash("ključ pod predpražnikom", BY_OPERATOR)
    assert await passwords.matches("kljuc\u030c pod predpraz\u030cnikom", kept, BY_OPERATOR)


async def test_equal_passwords_have_different_hashes(passwords: Argon2Passwords) -> None:
    assert await passwords.hash("same", BY_OPERATOR) != await passwords.hash("same", BY_OPERATOR)


async def test_nobody_is_matched_by_no_password_and_costs_as_much(passwords: Argon2Passwords) -> None:
    assert not await passwords.matches("the password of nobody", None, BY_OPERATOR)
    assert not await passwords.matches("", None, BY_OPERATOR)
    assert extract_parameters(passwords._nobody) == extract_parameters(await passwords.hash("somebody's", BY_OPERATOR))
