"""The scopes of the app: their names, their meaning in words, and the calls that need them."""

from collections.abc import Collection, Iterable

from demo.sandbox.errors import Refusal, missing_scopes, refused
from demo.sandbox.faults import Form

WORDS = {
    "meeting:write:meeting": "Create meetings for you",
    "meeting:read:meeting": "See the details of your meetings",
    "meeting:update:meeting": "Change your meetings",
    "meeting:delete:meeting": "Delete your meetings",
    "meeting:read:list_meetings": "See the list of your meetings",
    "meeting:update:status": "End your meetings and bring back deleted ones",
    "user:read:user": "See your name, e-mail address, plan and time zone",
}

_CLASSIC = {
    "meeting:write:meeting": "meeting:write",
    "meeting:update:meeting": "meeting:write",
    "meeting:delete:meeting": "meeting:write",
    "meeting:update:status": "meeting:write",
    "meeting:read:meeting": "meeting:read",
    "meeting:read:list_meetings": "meeting:read",
    "user:read:user": "user:read",
}


def require(granted: Collection[str], needed: str) -> None:
    if needed not in granted and _CLASSIC[needed] not in granted:
        raise missing_scopes(needed, f"{needed}:admin")


_NEEDED_BY = {
    "current_user": "user:read:user",
    "create": "meeting:write:meeting",
    "read": "meeting:read:meeting",
    "change": "meeting:update:meeting",
    "remove": "meeting:delete:meeting",
    "find": "meeting:read:list_meetings",
    "status": "meeting:update:status",
}


def lacking(operation: str, form: Form) -> Refusal:
    """The error of this call without its scope, in one of the observed formats."""
    needed = _NEEDED_BY.get(operation, "meeting:write:meeting")
    classic, lacks = _CLASSIC[needed], "Invalid access token, does not contain scopes"
    forms = {
        "granular": lambda: missing_scopes(needed, f"{needed}:admin"),
        "classic": lambda: refused(401, 4700, f"{lacks}:[{classic}]."),
        "older": lambda: refused(400, 104, f"{lacks}:[{classic}, {classic}:admin]."),
        "bare": lambda: refused(400, 4711, f"{lacks}: {needed},{needed}:admin"),
        "spaced": lambda: refused(401, 4711, f"{lacks} {classic} {classic}:admin."),
        "unnamed": lambda: refused(400, 4711, "The scopes of the token and of the client differ."),
    }
    return forms[form]()


def in_words(scopes: Iterable[str]) -> list[tuple[str, str]]:
    return [(WORDS.get(scope, scope), scope) for scope in scopes]
