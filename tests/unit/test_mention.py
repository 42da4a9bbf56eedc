"""`mentions` finds a name as people write it: without accents, in another case, in its grammatical cases."""

import pytest

from domain.clients.mention import hints_at, mentions


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Žiga Šuštar", "About Žiga Šuštar."),
        ("Žiga Šuštar", "SUSTAR, Ziga: papers"),
        ("Žiga Šuštar", "Klic z Žigo Šuštarjem"),
        ("Ana Novak", "Pogovor: Ana, Novakova"),
        ("Ana Novak-Kos", "ana novak kos"),
        ("Eva", "eva?"),
    ],
)
def test_a_full_name_is_found(name: str, text: str) -> None:
    assert mentions(name, "Title", text)


@pytest.mark.parametrize(
    ("name", "text"),
    [("Ana Novak", "Ana asked for papers"), ("Ana", "Analysis"), ("Žiga Šuštar", ""), ("", "Anything"), ("—", "—")],
)
def test_a_part_of_it_or_the_beginning_of_another_word_is_no_full_name(name: str, text: str) -> None:
    assert not mentions(name, text)


def test_a_part_of_the_name_is_a_hint() -> None:
    assert hints_at("Žiga Šuštar", "", "Žige ni bilo")
    assert not hints_at("Ana Novak", "Analysis of the novel")
    assert not hints_at("A B", "a b")
