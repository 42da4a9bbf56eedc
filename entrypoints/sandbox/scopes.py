"""The permissions of the app: their names, what they mean in words, and which call needs which."""

from collections.abc import Collection, Iterable

from entrypoints.sandbox.errors import missing_scopes

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


def in_words(scopes: Iterable[str]) -> list[tuple[str, str]]:
    return [(WORDS.get(scope, scope), scope) for scope in scopes]
