"""Which passwords are accepted, among those that people type."""

import pytest

from domain.accounts.password import LONGEST_PASSWORD, SHORTEST_PASSWORD, PasswordOwner, must_be_a_password
from domain.errors import Invalid
from domain.rule import Rule

ANA = PasswordOwner("Ana Novak Žužek", "ana.n@klinika-lipa.example.com", "Praksa Pod lipo")
LONG = "".join(chr(0x4E00 + number) for number in range(LONGEST_PASSWORD))


@pytest.mark.parametrize(
    "password",
    [
        "the cat sat on a mat",
        "kolo pod hruško",
        "a b c d e f g h",
        "G7#kd92!mzQp",
        "73948215603947",
        "🐎🔋📎🌳🎈🍏🚲🧭🪁🎻🥨🧦",  # twelve code points
        LONG,
        "ﬁrst one at",  # a ligature counts as its two letters
        "password of my aunt 7",
        "banana tomato",  # holds “ana”
        "novak-garden",
        f"{ANA.email} and more",
        "blue door, blue door",
    ],
)
def test_accepted(password: str) -> None:
    must_be_a_password(password, ANA)


@pytest.mark.parametrize("password", ["", "G7#kd92!mzQ", LONG + "x", "e\u0301" * 6 + "abcde"])
def test_length_counts_code_points_of_the_normalized_form(password: str) -> None:
    assert _broken(password) is Rule.PASSWORD_LENGTH


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa",
        "xxxxxxyyyyyy",
        "112233445566",
        "123456789012",
        "098765432109",
        "abcdefghijklm",
        "abcabcabcabc",
        "abcabcabcabca",
        "qwertyuiop12",
        "QwertzuiopŠĐ",
        "1234qwerasdf",
        "passwordpassword",
        "Geslo1Geslo1Geslo1",
        "１２３４５６７８９０１２",
    ],
)
def test_sequences_and_repetitions_are_refused(password: str) -> None:
    assert _broken(password) is Rule.PASSWORD_SEQUENCE


@pytest.mark.parametrize(
    "password",
    [
        "1qaz2wsx3edc",
        "Administrator",
        "Password2027!",
        "2027!password",
        "welcome12345",
        "iloveyou!!!!!!",
        "Ljubljana2024",
        "Mojegeslo123",
        "ｐａｓｓｗｏｒｄ１２３４",
    ],
)
def test_common_passwords_are_refused_with_digits_and_punctuation_too(password: str) -> None:
    assert _broken(password) is Rule.PASSWORD_COMMON


@pytest.mark.parametrize(
    "password",
    [
        ANA.email,
        f" {ANA.email.upper()} ",
        "AnaNovak2024!",
        "novak.ana.1987",
        "zuzek1234567",
        "ŽUŽEK-žužek-9",
        "klinika-lipa-1",
        "PraksaPodLipo1",
        "Calendra2027!",
        "calendra-demo",
        "novakaaaabbbb",
    ],
)
def test_own_words_with_little_else_are_refused(password: str) -> None:
    assert _broken(password) is Rule.PASSWORD_PERSONAL


def test_an_address_of_short_pieces_is_refused() -> None:
    owner = PasswordOwner("Dana", "0ba1e969@example.com", "Lipa")
    for password in ("0BA1E969@EXAMPLE.COM", "0ba1e969-0ba1e969", "0ba1e969 2027"):
        with pytest.raises(Invalid) as refused:
            must_be_a_password(password, owner)
        assert refused.value.rule is Rule.PASSWORD_PERSONAL


def test_the_shortest_password_has_twelve_characters() -> None:
    assert SHORTEST_PASSWORD == 12
    must_be_a_password("G7#kd92!mzQp", ANA)


def _broken(password: str) -> Rule:
    with pytest.raises(Invalid) as refused:
        must_be_a_password(password, ANA)
    assert refused.value.field == "password"
    return refused.value.rule
