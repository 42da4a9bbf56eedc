"""The list of a host's meetings, page by page."""

import secrets
from datetime import UTC, datetime
from typing import Any

from demo.sandbox.config import Person
from demo.sandbox.errors import invalid_fields, refused
from demo.sandbox.meeting_view import listed
from demo.sandbox.meetings import DAY, expired
from demo.sandbox.sandbox import Sandbox
from demo.sandbox.state import Meeting

TOKEN_LIVES = 15 * 60
SIX_MONTHS = 183 * DAY
_KINDS = ("scheduled", "live", "upcoming", "upcoming_meetings", "previous_meetings")


class MeetingList:
    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._marks: dict[str, tuple[str, int, float]] = {}

    def page(self, host: Person, query: dict[str, str], base: str) -> dict[str, Any]:
        kind = query.get("type", "scheduled")
        if kind not in _KINDS:
            raise invalid_fields("type")
        size = _number(query, "page_size", 30, 300)
        found = self._between(self._of_kind(host, kind), query)
        number = _number(query, "page_number", 1, 1_000_000)
        at = self._offset(host, query["next_page_token"]) if query.get("next_page_token") else (number - 1) * size
        return {
            "page_size": size,
            "page_count": -(-len(found) // size),
            "page_number": at // size + 1,
            "total_records": len(found),
            "next_page_token": self._mark(host, at + size) if at + size < len(found) else "",
            "meetings": [listed(meeting, base) for meeting in found[at : at + size]],
        }

    def _of_kind(self, host: Person, kind: str) -> list[Meeting]:
        """No instant and no expired meetings, earliest first."""
        now = self._sandbox.now()
        live = [
            m
            for m in self._sandbox.world.meetings.values()
            if m.host == host.user_id and m.deleted_at is None and m.type != 1 and not expired(m, now)
        ]
        chosen = [meeting for meeting in live if _belongs(meeting, kind, now)]
        return sorted(chosen, key=lambda meeting: (meeting.start, meeting.id))

    def _between(self, meetings: list[Meeting], query: dict[str, str]) -> list[Meeting]:
        first = _day(query, "from", 0.0)
        last = _day(query, "to", float("inf")) + DAY
        return [meeting for meeting in meetings if first <= meeting.start < last]

    def _mark(self, host: Person, offset: int) -> str:
        token = secrets.token_urlsafe(26)
        self._marks[token] = (host.user_id, offset, self._sandbox.now() + TOKEN_LIVES)
        return token

    def _offset(self, host: Person, token: str) -> int:
        user_id, offset, until = self._marks.get(token, ("", 0, 0.0))
        if user_id != host.user_id or self._sandbox.now() > until:
            raise refused(400, 300, "The next page token is either invalid or has expired.")
        return offset


def _belongs(meeting: Meeting, kind: str, now: float) -> bool:
    over = meeting.start + meeting.duration * 60 < now
    if kind == "live":
        return meeting.status == "started"
    if kind == "previous_meetings":
        return over and meeting.start > now - SIX_MONTHS
    if kind in ("upcoming", "upcoming_meetings"):
        return not over and meeting.start < now + SIX_MONTHS
    return True


def _number(query: dict[str, str], name: str, otherwise: int, most: int) -> int:
    text = query.get(name, str(otherwise))
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise invalid_fields(name)
    return int(text)


def _day(query: dict[str, str], name: str, otherwise: float) -> float:
    if name not in query:
        return otherwise
    try:
        return datetime.strptime(query[name], "%Y-%m-%d").replace(tzinfo=UTC).timestamp()
    except ValueError as error:
        raise invalid_fields(name) from error
