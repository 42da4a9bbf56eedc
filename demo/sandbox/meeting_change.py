"""Changes a meeting and sends the app a webhook event about it, for changes by the app too."""

from typing import Any

from demo.sandbox import meetings, webhooks
from demo.sandbox.config import Person
from demo.sandbox.meeting_view import whole
from demo.sandbox.rules import ChangedMeeting
from demo.sandbox.sandbox import Sandbox
from demo.sandbox.state import Meeting

_TOLD = ("topic", "agenda", "type", "start_time", "duration", "timezone", "password", "join_url", "settings")


def change_and_tell(sandbox: Sandbox, host: Person, meeting: Meeting, wish: ChangedMeeting, base: str) -> None:
    before = whole(meeting, host, base)
    meetings.change(sandbox, host, meeting, wish)
    changed = _changes(before, whole(meeting, host, base))
    if changed:
        webhooks.happened(sandbox, "meeting.updated", meeting, base, changed)


def end_and_tell(sandbox: Sandbox, meeting: Meeting, base: str) -> None:
    if meeting.status == "started":
        webhooks.happened(sandbox, "meeting.ended", meeting, base)
        meetings.end(sandbox, meeting)


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The old and new value of each field that differs; for the settings, only the ones that differ."""
    pairs: dict[str, tuple[Any, Any]] = {}
    for name in _TOLD:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            names = [key for key in new if old.get(key) != new[key]]
            old, new = {key: old.get(key) for key in names}, {key: new[key] for key in names}
        pairs[name] = (old, new)
    return pairs
