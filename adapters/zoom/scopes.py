"""The permissions that Calendra asks for at Zoom, each with its use, and how Zoom names missing ones."""

import re

from domain.ports.meeting_provider import Scope

SCOPES = (
    Scope("user:read:user", "shows which Zoom account is connected, and keeps two people from sharing one"),
    Scope("meeting:write:meeting", "makes the Zoom meeting of an online session"),
    Scope("meeting:read:meeting", "reads a meeting back after a change, and looks whether it still exists"),
    Scope("meeting:update:meeting", "moves or renames the meeting when the session changes, and keeps its link"),
    Scope("meeting:delete:meeting", "removes the meeting when the session is cancelled, reassigned or goes offline"),
    Scope(
        "meeting:read:list_meetings",
        "finds meetings that Calendra made and lost sight of, so that none is made twice or left behind",
    ),
)

_NAMED = re.compile(r"scopes?\s*:\s*\[([^\]]*)\]", re.IGNORECASE)
_NAME = re.compile(r"[\w:.-]{1,80}\Z")


def named_scopes(sentence: str) -> tuple[str, ...]:
    """Those that a refusal names. Zoom lists every form that would do; ours are enough when they are among them."""
    found = _NAMED.search(sentence)
    names = [name.strip() for name in found.group(1).split(",")] if found else []
    names = [name for name in names if _NAME.match(name)]
    ours = {scope.name for scope in SCOPES}
    return tuple(name for name in names if name in ours) or tuple(names)
