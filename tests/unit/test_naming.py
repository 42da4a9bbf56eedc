"""Search keys find names as people write them; sort keys order them as their language does."""

import unicodedata

import pytest

from domain.language import Language
from domain.naming import begins_words, found_in, search_key, search_words, sort_key

FOUND = [
    ("Žiga Šuštar", "ziga"),
    ("Žiga Šuštar", "sustar"),
    ("Žiga Šuštar", "ŠUŠTAR žiga"),
    ("Žiga Šuštar", "sus zi"),
    ("O'Neill", "O’Neill"),
    ("O’Neill", "o'neill"),
    ("O`Neill", "OʼNeill"),
    ("O´Neill", "oneill"),
    ("Ðorđe Łukasz Ømer", "dorde lukasz omer"),
    ("Straße", "STRASSE"),
    ("Ana–Marija", "ana-marija"),
    ("Ana\u00a0Novak", "novak ana"),
    ("İpek Işık", "ipek isik"),
    (unicodedata.normalize("NFD", "Črt Ünal"), "črt unal"),
    ("Στέλιος", "στελιος"),
    ("Ольга", "ольга"),
    ("Ana Novak", "Novak, Ana"),
    ("Zoe\u200b Li", "zoe li"),
]


@pytest.mark.parametrize(("name", "typed"), FOUND)
def test_a_name_is_found_as_people_write_it(name: str, typed: str) -> None:
    assert found_in(search_key(name), search_words(typed))
    assert not found_in(search_key(name), search_words(f"{typed} x"))


def test_only_some_words_count() -> None:
    assert len(search_words("a b c d e f g h i j")) == 8
    assert search_words("  ") == ()
    assert search_words("Ana ana") == ("ana",)


def test_matches_at_the_beginning_of_words_are_told_from_others() -> None:
    key = search_key("Angelika Lipovec", "angelika@example.org")
    assert begins_words(key, ("li", "ang"))
    assert found_in(key, ("ka",))
    assert not begins_words(key, ("ka",))


ALPHABETS = {
    Language.SLOVENE: "Ana|Car|Cvet|Čas|Črt|Ćirić|Dan|Đurđa|Eva|O'Hara|Oman|Sušec|Sušnik|Suzana|Šuštar|Zvon|Žak|Žiga",
    Language.ENGLISH: "Ana|Car|Čas|Ćirić|Črt|Cvet|Dan|Đurđa|Eva|O'Hara|Oman|Sušec|Sušnik|Šuštar|Suzana|Žak|Žiga|Zvon",
}


@pytest.mark.parametrize("language", Language)
def test_names_are_sorted_as_the_language_does(language: Language) -> None:
    expected = ALPHABETS[language].split("|")
    assert sorted(sorted(expected), key=lambda name: sort_key(name, language)) == expected


def test_accents_and_case_decide_only_between_equal_letters() -> None:
    names = ["cas", "Cas", "cás", "cast", "Novak Ana", "Novakova"]
    assert sorted(names, key=lambda name: sort_key(name, Language.ENGLISH)) == [
        "Cas", "cas", "cás", "cast", "Novak Ana", "Novakova",
    ]  # fmt: skip


def test_a_sort_key_fits_into_an_index() -> None:
    assert len(sort_key("\ufdfa" * 200, Language.ENGLISH).encode()) <= 2000
