"""Text rules for input: no control or invisible characters, and a maximum length."""

import unicodedata

from domain.errors import Invalid
from domain.rule import Rule

_LINE_BREAKS = frozenset("\n\r\t")
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_EMPTY = "\u00ad\u034f\u115f\u1160\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u2800\u3164\ufeff\uffa0"
_UNSEEN = dict.fromkeys(map(ord, _BIDI + _EMPTY))
_JOINERS = "\u200c\u200d"  # visible in effect between letters of Persian or Indian scripts, and in emoji
_JOINED = ("L", "M", "S")  # letters, marks and symbols


def line(field: str, value: str, *, longest: int, required: bool = False) -> str:
    """One line, trimmed and in the composed form (NFC). Raises Invalid.

    Control characters are refused: they break calendars and meeting providers. Invisible characters are removed: they
    reorder what people read, or make two names look alike. They often come with pasted text.
    """
    text = _without_unseen(unicodedata.normalize("NFC", value)).strip()
    if required and not text:
        raise Invalid(field, Rule.EMPTY)
    return _checked(field, text, longest, allowed=frozenset())


def paragraphs(field: str, value: str, *, longest: int) -> str:
    """Several lines, as typed, in the composed form (NFC). Raises Invalid."""
    return _checked(field, unicodedata.normalize("NFC", value), longest, allowed=_LINE_BREAKS)


def _without_unseen(text: str) -> str:
    seen = text.translate(_UNSEEN)
    return "".join(sign for place, sign in enumerate(seen) if sign not in _JOINERS or _joins(seen, place))


def _joins(text: str, place: int) -> bool:
    return 0 < place < len(text) - 1 and all(map(_joinable, (text[place - 1], text[place + 1])))


def _joinable(sign: str) -> bool:
    return unicodedata.category(sign).startswith(_JOINED) and not unicodedata.name(sign, "").startswith("LATIN ")


def _checked(field: str, text: str, longest: int, allowed: frozenset[str]) -> str:
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") and sign not in allowed for sign in text):
        raise Invalid(field, Rule.CONTROL_CHARACTERS)
    if len(text) > longest:
        raise Invalid(field, Rule.TEXT_TOO_LONG, length=len(text), longest=longest)
    return text
