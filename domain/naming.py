"""Search and sort keys of names, independent of accents, kinds of apostrophes, case and the database."""

import re
import unicodedata

from domain.language import Language

MOST_WORDS = 8
LONGEST_SORT_KEY = 500  # the limit of a database index

# Characters that people omit or type in many ways, and invisible ones.
_LEFT_OUT = dict.fromkeys(map(ord, "'’‘‛ʼʻʹ`´′＇\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
# Letters that have no decomposition into plain ones.
_PLAIN = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ħ": "h", "ŧ": "t", "ı": "i", "ς": "σ"}
    | {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)

# Letters of their own, each sorted after the plain one: this character is greater than every letter.
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
    """The key that searches match: `ziga oneill` for `Žiga O'Neill`."""
    return _spaced(folded(" ".join(texts)))


def search_words(text: str) -> tuple[str, ...]:
    """The words of a query, at most eight. Each has to occur in a search key, in any order. A comma separates words, as
    in `Novak, Ana`."""
    return tuple(dict.fromkeys(search_key(text.replace(",", " ")).split()))[:MOST_WORDS]


def found_in(key: str, words: tuple[str, ...]) -> bool:
    return all(word in key for word in words)


def begins_words(key: str, words: tuple[str, ...]) -> bool:
    """Whether each query word begins a word of the key, which makes a better match."""
    return all(f" {word}" in f" {key}" for word in words)


def sort_key(name: str, language: Language) -> str:
    """Compared character by character: orders by the language's alphabet first, then by accents, then by case."""
    letters = unicodedata.normalize("NFC", name).lower()
    tailored = "".join(_LETTERS[language].get(letter) or folded(letter) for letter in letters)
    return "\x01".join([_spaced(tailored), unicodedata.normalize("NFD", letters), name])[:LONGEST_SORT_KEY]


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_LEFT_OUT)).translate(_DASHES)
    return _MARKS.sub("", plain).lower().translate(_PLAIN)


def _spaced(text: str) -> str:
    return " ".join(text.split())
