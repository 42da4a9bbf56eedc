"""Compares every session with every meeting: nothing lost, doubled, left behind, different or stuck."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from tests.browser import Browser
from tests.sandbox_control import SandboxControl, starts_at

_MONTHS = timedelta(days=390)

_KINDS = ("lost", "doubled", "left_behind", "different", "stuck")

_DUE = "SELECT count(*) FROM bookings WHERE due_at < now() + interval '10 minutes'"
_HIDDEN = "SELECT id::text FROM bookings WHERE status = 'deleted'"
_LEASED = "SELECT id::text FROM bookings WHERE lease_token IS NOT NULL"


@dataclass
class Audit:
    """Each list tells what is wrong, one line each. `sessions` and `meetings` count what was compared."""

    sessions: int = 0
    meetings: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)

    @property
    def faults(self) -> dict[str, list[str]]:
        return {kind: getattr(self, kind) for kind in _KINDS if getattr(self, kind)}

    @property
    def losses(self) -> dict[str, int]:
        """For the tables."""
        return {kind: len(getattr(self, kind)) for kind in _KINDS}

    def __str__(self) -> str:
        counts = ", ".join(f"{len(getattr(self, kind))} {kind}" for kind in ("lost", "doubled", "left_behind", "stuck"))
        return f"{self.sessions} sessions, {self.meetings} meetings: {counts}, {len(self.different)} different"


def audit(admin: Browser, zoom: SandboxControl, database: str) -> Audit:
    """Of everything there is. What is still under way counts as stuck: wait for `reconciled` first."""
    sessions, meetings = every_session(admin), zoom.all_meetings()
    found = Audit(len(sessions), len(meetings))
    by_link: dict[str, list[dict[str, Any]]] = {}
    for meeting in meetings:
        by_link.setdefault(meeting["join_url"], []).append(meeting)
    emails = {one["id"]: one["email"] for one in admin.api("GET", "/api/consultants").raise_for_status().json()}
    for session in sessions:
        _compare(found, session, by_link, emails)
    wanted = Counter(one["meeting"]["join_link"] for one in sessions if one["meeting"]["join_link"])
    found.doubled += [f"{count} sessions share {link}" for link, count in wanted.items() if count > 1]
    found.doubled += [f"{link} {len(held)} times" for link, held in by_link.items() if len(held) > 1]
    found.left_behind += [_line(one) for one in meetings if one["join_url"] not in wanted]
    found.stuck += [f"deleted, but still stored: {one}" for one in _column(database, _HIDDEN)]
    found.stuck += [f"still claimed: {one}" for one in _column(database, _LEASED)]
    return found


def _compare(
    found: Audit, session: dict[str, Any], by_link: dict[str, list[dict[str, Any]]], emails: dict[str, str]
) -> None:
    name, state = f"{session['title']} ({session['id']})", session["meeting"]
    if state["removing"]:
        found.stuck.append(f"{name}: {state['removing']} to be removed")
    if session["status"] != "planned" or not session["online"]:
        if state["join_link"] or state["status"] != "none":
            found.different.append(f"{name}: {session['status']}, but {state}")
        return
    if state["status"] != "ready":
        found.stuck.append(f"{name}: {state['status']} {state['reason']} {state['detail']}")
    held = by_link.get(state["join_link"] or "", [])
    if not held:
        found.lost.append(f"{name}: {state['join_link']} does not exist at the provider")
    for meeting in held:
        found.different += [f"{name}: {what}" for what in differences(session, meeting, emails)]


def differences(session: dict[str, Any], meeting: dict[str, Any], emails: dict[str, str]) -> list[str]:
    begins, ends = (datetime.fromisoformat(session[name]) for name in ("starts_at", "ends_at"))
    pairs = {
        "host": (emails[session["consultant_id"]], meeting["host_email"]),
        "topic": (session["title"] or "Session", meeting["topic"]),
        "start": (begins, starts_at(meeting)),
        "minutes": ((ends - begins) / timedelta(minutes=1), meeting["duration"]),
    }
    return [f"{what} {here} here, {there} there" for what, (here, there) in pairs.items() if here != there]


def every_session(admin: Browser) -> list[dict[str, Any]]:
    """From a day ago on, page by page."""
    begins = datetime.now(UTC) - timedelta(days=1)
    question = {"start": begins.isoformat(), "until": (begins + _MONTHS).isoformat(), "limit": "150"}
    sessions: list[dict[str, Any]] = []
    while True:
        page = admin.api("GET", "/api/bookings", params=question).raise_for_status().json()
        sessions += page["items"]
        if page["next"] is None:
            return sessions
        question["cursor"] = page["next"]


def reconciled(database: str) -> bool:
    """Whether nothing is due within the next minutes by itself."""
    return _column(database, _DUE) == [0]


def _column(database: str, question: str) -> list[Any]:
    with psycopg.connect(database) as connection:
        return [row[0] for row in connection.execute(question.encode()).fetchall()]


def _line(meeting: dict[str, Any]) -> str:
    return f"{meeting['topic']} at {meeting['start_time']} in the account of {meeting['host_email']}"
