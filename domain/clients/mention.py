"""Whether a text names a person: finds the remains of a name in free text."""

import re

from domain.naming import search_key

_WORDS = re.compile(r"\w+")
_VOWELS = "aeiou"
_SHORT = 3  # names of up to this many letters must match exactly: Ana begins too many other words
_LONGEST_ENDING = 3  # letters that an inflected form may add: Novak, Novakoma


def mentions(name: str, *texts: str) -> bool:
    """Whether the texts contain every part of the name, in any order, ignoring accents and case."""
    return _parts(name) != [] and all(_stands_in(part, texts) for part in _parts(name))


def hints_at(name: str, *texts: str) -> bool:
    """Whether the texts contain any part of the name: enough when the text is known to be about the person."""
    return any(_stands_in(part, texts) for part in _parts(name))


def _parts(name: str) -> list[str]:
    return [part for part in _WORDS.findall(search_key(name)) if len(part) > 1]


def _stands_in(part: str, texts: tuple[str, ...]) -> bool:
    return any(_same(part, word) for text in texts for word in _WORDS.findall(search_key(text)))


def _same(part: str, word: str) -> bool:
    """Many languages inflect names: Žiga, Žige, Žigov."""
    if len(part) <= _SHORT:
        return word == part
    stem = part[:-1] if part[-1] in _VOWELS else part
    return word.startswith(stem) and len(word) <= len(part) + _LONGEST_ENDING
