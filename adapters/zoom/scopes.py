"""The scopes that Calendra requests at Zoom, each with its purpose, and the scope names in Zoom's errors."""

import re

from domain.provider import Scope, ScopeUse

SCOPES = (
    Scope("user:read:user", (ScopeUse.SHOW_ACCOUNT,)),
    Scope("meeting:write:meeting", (ScopeUse.CREATE,)),
    Scope("meeting:read:meeting", (ScopeUse.READ,)),
    Scope("meeting:update:meeting", (ScopeUse.CHANGE,)),
    Scope("meeting:delete:meeting", (ScopeUse.REMOVE,)),
    Scope("meeting:read:list_meetings", (ScopeUse.FIND,)),
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
