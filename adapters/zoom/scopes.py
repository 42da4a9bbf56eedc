"""The scopes that Calendra requests at Zoom, each with its purpose, and the scope names in Zoom's errors."""

import re

from domain.provider import Scope

SCOPES = (
    Scope("user:read:user", "shows which Zoom account is connected, and keeps two people from sharing one"),
    Scope("meeting:write:meeting", "creates the Zoom meeting of an online session"),
    Scope("meeting:read:meeting", "reads a meeting back after a change, and checks that it still exists"),
    Scope("meeting:update:meeting", "moves or renames the meeting when the session changes, and keeps its link"),
    Scope("meeting:delete:meeting", "removes the meeting when the session is cancelled, reassigned or goes offline"),
    Scope(
        "meeting:read:list_meetings",
        "finds meetings that Calendra created and lost track of, so that none is duplicated or left behind",
    ),
)

_OURS = frozenset(scope.name for scope in SCOPES)
_NEEDED_BY = {
    "current_user": "user:read:user",
    "create": "meeting:write:meeting",
    "read": "meeting:read:meeting",
    "change": "meeting:update:meeting",
    "remove": "meeting:delete:meeting",
    "find": "meeting:read:list_meetings",
}

_SCOPES = re.compile(r"\bscopes?\b\s*:?", re.IGNORECASE)
_BRACKETED = re.compile(r"\bscopes?\b\s*:?\s*\[([^\]]*)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;|'\"]+")
_NAME = re.compile(r"[a-z][\w:.-]{0,79}\Z")
_PARTED_NAME = re.compile(r"\b[a-z][a-z_]*(?::[a-z][a-z_]*)+\b")  # meeting:write, user:read:user


def named_scopes(sentence: str) -> tuple[str, ...]:
    """The scopes that an error names: with or without brackets, between commas or spaces.

    Zoom lists every alternative that would suffice. If ours are among them, the result contains only ours. The variants
    for administrators are left out beside their plain form.
    """
    if not _SCOPES.search(sentence):
        return ()
    bracketed = [name for names in _BRACKETED.findall(sentence) for name in _BETWEEN.split(names)]
    parted = _PARTED_NAME.findall(_SCOPES.sub(" ", sentence))
    names = dict.fromkeys(name for name in (*bracketed, *parted) if _NAME.match(name))
    plain = tuple(name for name in names if re.sub(r":(admin|master)\Z", "", name) not in names.keys() - {name})
    return tuple(name for name in plain if name in _OURS) or plain


def scopes_needed_by(operation: str) -> tuple[str, ...]:
    """For an error that mentions scopes without naming one."""
    return (_NEEDED_BY[operation],) if operation in _NEEDED_BY else ()
