"""Whether a text names a person: what stays of a name where people typed it."""

import re

from domain.naming import search_key

_WORDS = re.compile(r"\w+")
_VOWELS = "aeiou"
_SHORT = 3  # the letters of a name that has to stand there as it is: Ana begins too many other words
_LONGEST_ENDING = 3  # Novak, Novakoma


def mentions(name: str, *texts: str) -> bool:
    """The full name, in any order; accents and case do not count."""
    return _parts(name) != [] and all(_stands_in(part, texts) for part in _parts(name))


def hints_at(name: str, *texts: str) -> bool:
    """Any part of the name: enough where it is known whom the text is about."""
    return any(_stands_in(part, texts) for part in _parts(name))


def _parts(name: str) -> list[str]:
    return [part for part in _WORDS.findall(search_key(name)) if len(part) > 1]


def _stands_in(part: str, texts: tuple[str, ...]) -> bool:
    return any(_same(part, word) for text in texts for word in _WORDS.findall(search_key(text)))


def _same(part: str, word: str) -> bool:
    """Names have cases in many languages: Žiga, Žige, Žigov."""
    if len(part) <= _SHORT:
        return word == part
    stem = part[:-1] if part[-1] in _VOWELS else part
    return word.startswith(stem) and len(word) <= len(part) + _LONGEST_ENDING
