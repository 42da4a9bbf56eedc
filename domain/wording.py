"""Rules for texts that people type: no control characters, a length that fits."""

import unicodedata

from domain.errors import Invalid

_LINE_BREAKS = frozenset("\n\r\t")


def line(field: str, value: str, *, longest: int, required: bool = False) -> str:
    """One line, trimmed and in the composed form (NFC).

    Control characters are refused: they break calendars and meeting providers.
    """
    text = unicodedata.normalize("NFC", value).strip()
    if required and not text:
        raise Invalid(field, "This must not be empty.", "Enter some text.")
    return _checked(field, text, longest, allowed=frozenset())


def paragraphs(field: str, value: str, *, longest: int) -> str:
    """Several lines, as typed, in the composed form."""
    return _checked(field, unicodedata.normalize("NFC", value), longest, allowed=_LINE_BREAKS)


def _checked(field: str, text: str, longest: int, allowed: frozenset[str]) -> str:
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") and sign not in allowed for sign in text):
        raise Invalid(field, "The text has control characters.", "Remove them. They often come with pasted text.")
    if len(text) > longest:
        raise Invalid(field, f"The text has {len(text)} characters; at most {longest} are allowed.", "Shorten it.")
    return text
