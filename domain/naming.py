"""How names are found and sorted: keys that do not depend on accents, kinds of apostrophes, case or the database."""

import re
import unicodedata

from domain.accounts.account import Language

MOST_WORDS = 8
LONGEST_SORT_KEY = 500  # what an index of the database takes

# What people leave out or type in many ways, and characters that nobody sees.
_LEFT_OUT = dict.fromkeys(map(ord, "'’‘‛ʼʻʹ`´′＇\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
# Letters that no decomposition leads back to plain ones.
_PLAIN = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ħ": "h", "ŧ": "t", "ı": "i", "ς": "σ"}
    | {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)

# Letters of their own, each after the plain one: the mark is greater than every letter.
_AFTER = "\uf8ff"
_LETTERS: dict[Language, dict[str, str]] = {
    Language.ENGLISH: {},
    Language.SLOVENE: {
        "č": f"c{_AFTER}",
        "ć": f"c{_AFTER}{_AFTER}",
        "đ": f"d{_AFTER}",
        "š": f"s{_AFTER}",
        "ž": f"z{_AFTER}",
    },
}


def search_key(*texts: str) -> str:
    """What is searched: `Žiga O'Neill` is `ziga oneill`."""
    return _spaced(folded(" ".join(texts)))


def search_words(text: str) -> tuple[str, ...]:
    """What people type, word by word: each has to occur in a search key, in any order. Only the first eight count.
    A comma parts words, as in `Novak, Ana`."""
    return tuple(dict.fromkeys(search_key(text.replace(",", " ")).split()))[:MOST_WORDS]


def found_in(key: str, words: tuple[str, ...]) -> bool:
    return all(word in key for word in words)


def begins_words(key: str, words: tuple[str, ...]) -> bool:
    """Whether each begins a word of the key: the better matches."""
    return all(f" {word}" in f" {key}" for word in words)


def sort_key(name: str, language: Language) -> str:
    """To be compared character by character: the language's alphabet first, then accents, then case."""
    letters = unicodedata.normalize("NFC", name).lower()
    tailored = "".join(_LETTERS[language].get(letter) or folded(letter) for letter in letters)
    return "\x01".join([_spaced(tailored), unicodedata.normalize("NFD", letters), name])[:LONGEST_SORT_KEY]


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_LEFT_OUT)).translate(_DASHES)
    return _MARKS.sub("", plain).lower().translate(_PLAIN)


def _spaced(text: str) -> str:
    return " ".join(text.split())
