"""Redacts Zoom's messages for logs and the audit log: no ids, links, addresses or secrets."""

import re

LONGEST = 200

_LINK = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+@\S+")
_NUMBER = re.compile(r"\d{5,}")
_SECRET = re.compile(r"eyJ\S+|(?=[\w+/=.-]*[\d+=])[\w+/=.-]{12,}|\b\w(?=[\w-]*[A-Z])[\w-]{15,}|[A-Za-z0-9]{24,}")
_NAMED_AT_END = re.compile(r":\s+\S+$")
_TRACKING = re.compile(r"[\w.:;=,-]{1,120}\Z")


def redacted(sentence: str) -> str:
    """The message on one line, shortened, with dots in place of anything that identifies a person or grants access."""
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in sentence).split())
    for pattern in (_LINK, _ADDRESS, _SECRET, _NUMBER):
        text = pattern.sub("…", text)
    return _NAMED_AT_END.sub("", text)[:LONGEST].rstrip(" .…")


def tracking_id(value: str) -> str:
    """Zoom's support asks for it. Any other text is dropped."""
    return value if _TRACKING.match(value) else ""
