"""Meetings as Zoom stores them: created, changed, deleted, recovered, forgotten after a month."""

import base64
import secrets
from typing import Any
from uuid import uuid4

import msgspec
from msgspec import UNSET

from demo.sandbox.config import Person
from demo.sandbox.errors import no_such_meeting, refused
from demo.sandbox.rules import ChangedMeeting, NewMeeting, start_of
from demo.sandbox.sandbox import Sandbox
from demo.sandbox.settings import WHEN_NOT_GIVEN
from demo.sandbox.state import Meeting

DAY = 86400
RECOVERABLE = 7 * DAY
_EXTRA = ("recurrence", "tracking_fields", "template_id", "sensitivity_label_id", "pre_schedule")


def find(sandbox: Sandbox, meeting_id: int) -> Meeting:
    meeting = sandbox.world.meetings.get(meeting_id)
    if meeting is None or meeting.deleted_at is not None or expired(meeting, sandbox.now()):
        raise no_such_meeting(meeting_id)
    return meeting


def find_own(sandbox: Sandbox, meeting_id: int, host: Person, *, seen: bool = False) -> Meeting:
    meeting = find(sandbox, meeting_id)
    if meeting.host != host.user_id:
        raise refused(400, 3003, "Not meeting host.")
    if meeting.webinar:
        raise refused(400, 3000, f"Cannot access webinar {'info' if seen else 'information'}.")
    return meeting


def expired(meeting: Meeting, now: float) -> bool:
    days = 365 if meeting.type in (3, 8) or meeting.pmi else 30
    return now > max(meeting.start, meeting.created_at) + days * DAY


def create(sandbox: Sandbox, host: Person, wish: NewMeeting) -> Meeting:
    now = sandbox.now()
    zone = wish.timezone or host.timezone
    wanted = start_of(wish.start_time, zone) if wish.start_time else None
    settings = _settings(WHEN_NOT_GIVEN | {"use_pmi": host.use_pmi}, wish)
    password = wish.password or (f"{secrets.randbelow(900000) + 100000}" if wish.default_password else "")
    meeting = Meeting(
        id=_new_id(sandbox),
        uuid=_new_uuid(),
        host=host.user_id,
        topic=wish.topic if wish.topic is not UNSET else "Zoom Meeting",
        agenda=wish.agenda or "",
        type=wish.type or 2,
        start=wanted if wanted is not None and wanted >= now and wish.type != 1 else float(int(now)),
        duration=wish.duration or 60,
        timezone=zone,
        password=password,
        pwd=_new_pwd() if password else "",
        settings=settings,
        created_at=float(int(now)),
        pmi=host.pmi if settings["use_pmi"] else None,
        extra=_extra(wish),
    )
    sandbox.world.meetings[meeting.id] = meeting
    sandbox.tally(host.user_id).created += 1
    sandbox.dirty = True
    return meeting


def change(sandbox: Sandbox, host: Person, meeting: Meeting, wish: ChangedMeeting) -> None:
    """Ignores a start in the past without an error, as Zoom does. A new passcode creates a new link."""
    meeting.settings = _settings(meeting.settings, wish)
    meeting.pmi = host.pmi if meeting.settings["use_pmi"] else None
    for field in ("topic", "agenda", "type", "duration", "timezone"):
        value = getattr(wish, field)
        if value is not UNSET and (value or field == "agenda"):
            setattr(meeting, field, value)
    if wish.start_time:
        wanted = start_of(wish.start_time, wish.timezone or meeting.timezone)
        if wanted is not None and wanted >= sandbox.now():
            meeting.start = wanted
    if wish.password is not UNSET and wish.password != meeting.password:
        meeting.password, meeting.pwd = wish.password, _new_pwd() if wish.password else ""
    meeting.extra = meeting.extra | _extra(wish)
    sandbox.tally(host.user_id).changed += 1
    sandbox.dirty = True


def remove(sandbox: Sandbox, meeting: Meeting) -> None:
    if meeting.status == "started":
        raise refused(400, 3002, "Sorry, you cannot delete this meeting since it's in progress.")
    meeting.deleted_at = sandbox.now()
    sandbox.tally(meeting.host).removed += 1
    sandbox.dirty = True


def recover(sandbox: Sandbox, meeting_id: int, host: Person) -> Meeting:
    meeting = sandbox.world.meetings.get(meeting_id)
    if meeting is None or meeting.host != host.user_id or meeting.deleted_at is None:
        raise no_such_meeting(meeting_id)
    if sandbox.now() > meeting.deleted_at + RECOVERABLE:
        raise no_such_meeting(meeting_id)
    meeting.deleted_at = None
    sandbox.dirty = True
    return meeting


def end(sandbox: Sandbox, meeting: Meeting) -> None:
    """There is no status "ended"; the next run gets a new uuid."""
    if meeting.status == "started":
        meeting.status, meeting.uuid = "waiting", _new_uuid()
        sandbox.dirty = True


def _settings(known: dict[str, Any], wish: NewMeeting | ChangedMeeting) -> dict[str, Any]:
    given: dict[str, Any] = msgspec.to_builtins(wish.settings) if wish.settings else {}
    settings = known | given
    if settings["waiting_room"]:
        settings["join_before_host"] = False
    return settings


def _extra(wish: NewMeeting | ChangedMeeting) -> dict[str, Any]:
    found = ((name, getattr(wish, name)) for name in _EXTRA)
    return {name: msgspec.to_builtins(value) for name, value in found if value is not UNSET}


def _new_id(sandbox: Sandbox) -> int:
    """Eleven digits, more than fit in 32 bits."""
    while (number := 80_000_000_000 + secrets.randbelow(9_999_999_999)) in sandbox.world.meetings:
        pass
    return number


def _new_uuid() -> str:
    return base64.b64encode(uuid4().bytes).decode()


def _new_pwd() -> str:
    return f"{secrets.token_urlsafe(22)}.1"
