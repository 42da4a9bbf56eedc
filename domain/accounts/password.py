"""Which passwords are accepted, by NIST SP 800-63B: long ones that nobody tries first. No kinds of characters are
demanded, and passwords do not age.

A password is compared and hashed in one form, NFKC, so that the keyboard on which it is typed makes no difference. The
rules, in this order:

- It has 12 to 1000 characters, counted as Unicode code points.
- It is no simple sequence or repetition: it has five different characters, it is not a text of fewer than 12
  characters over and over, and it is not made of pieces of four characters or more, on average, that stand next to each
  other in the alphabet, among the digits or on a keyboard (`1234qwerasdf`).
- It is not a common password, nor one with only digits and punctuation before and after it (`Password2027!`).
- It is not the person's own words with little else. Own are the words of three letters or more in the person's name, in
  the e-mail address without its last part and in the practice's name, the whole address, its part before the @, and
  `calendra`. Without them, at least six different letters have to be left; digits and punctuation do not count.

Comparisons ignore case; those with own words ignore accents too.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from domain.errors import Invalid
from domain.naming import folded
from domain.rule import Rule

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1000  # bounds the time of hashing, which grows with the length

_DIFFERENT_CHARACTERS = 5
_AVERAGE_PIECE = 4
_LETTERS_OF_ONES_OWN = 6
_SHORTEST_WORD = 3
_ROWS = (
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "qwertzuiopšđ",
    "asdfghjklčćž",
    "zxcvbnm",
    "yxcvbnm",
)
_FORWARD = frozenset(first + second for row in _ROWS for first, second in pairwise(row))
_NEXT_TO_EACH_OTHER = _FORWARD | {pair[::-1] for pair in _FORWARD}
_NO_LETTERS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class PasswordOwner:
    """What others know of the person who will sign in with the password."""

    name: str
    email: str
    practice: str

    @property
    def words(self) -> frozenset[str]:
        address = self.email.rpartition(".")[0]
        words = _NO_LETTERS.split(folded(f"{self.name} {address} {self.practice} calendra"))
        wholes = [folded(self.email), folded(self.email.partition("@")[0])]
        return frozenset(word for word in (*words, *wholes) if len(word) >= _SHORTEST_WORD)


def normalized(password: str) -> str:
    """The form of a password that is compared and hashed."""
    return unicodedata.normalize("NFKC", password)


def must_be_a_password(password: str, owner: PasswordOwner) -> None:
    """Raises Invalid."""
    form = normalized(password)
    if not SHORTEST_PASSWORD <= len(form) <= LONGEST_PASSWORD:
        raise Invalid("password", Rule.PASSWORD_LENGTH, shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD)
    if _is_sequence(form.casefold()):
        raise Invalid("password", Rule.PASSWORD_SEQUENCE)
    if _is_common(form.casefold()):
        raise Invalid("password", Rule.PASSWORD_COMMON)
    if _is_owners(form, owner):
        raise Invalid("password", Rule.PASSWORD_PERSONAL)


def _is_sequence(text: str) -> bool:
    pieces = 1 + sum(first != second and first + second not in _NEXT_TO_EACH_OTHER for first, second in pairwise(text))
    return (
        len(set(text)) < _DIFFERENT_CHARACTERS
        or pieces * _AVERAGE_PIECE <= len(text)
        or any(text[period:] == text[:-period] for period in range(1, min(SHORTEST_PASSWORD, len(text) // 2 + 1)))
    )


def _is_owners(form: str, owner: PasswordOwner) -> bool:
    text = folded(form)
    rest = text
    for word in sorted(owner.words, key=len, reverse=True):
        rest = rest.replace(word, " ")
    return rest != text and len(set(_NO_LETTERS.sub("", rest))) < _LETTERS_OF_ONES_OWN


def _is_common(text: str) -> bool:
    begins = next((place for place, letter in enumerate(text) if letter.isalpha()), 0)
    ends = next((place for place, letter in enumerate(reversed(text)) if letter.isalpha()), 0)
    return bool({text, text[begins : len(text) - ends]} & _common_passwords())


@cache
def _common_passwords() -> frozenset[str]:
    lines = files("domain.accounts").joinpath("common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
