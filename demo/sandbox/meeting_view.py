"""A meeting as the API shows it, in full and in a list."""

from datetime import UTC, datetime
from typing import Any

from demo.sandbox.config import Person
from demo.sandbox.state import Meeting

LISTED_AGENDA = 250


def moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def join_url(meeting: Meeting, base: str) -> str:
    """The address of the personal room if the meeting uses it: the same for all its invitees."""
    address = f"{base}/j/{meeting.pmi or meeting.id}"
    return f"{address}?pwd={meeting.pwd}" if meeting.pwd else address


def listed(meeting: Meeting, base: str) -> dict[str, Any]:
    view: dict[str, Any] = {
        "uuid": meeting.uuid,
        "id": meeting.id,
        "host_id": meeting.host,
        "topic": meeting.topic,
        "type": meeting.type,
        "start_time": moment(meeting.start),
        "duration": meeting.duration,
        "timezone": meeting.timezone,
        "agenda": meeting.agenda[:LISTED_AGENDA],
        "created_at": moment(meeting.created_at),
        "join_url": join_url(meeting, base),
    }
    if meeting.pmi:
        view["pmi"] = str(meeting.pmi)
    if meeting.type == 3:
        del view["start_time"], view["duration"]
    return view


def whole(meeting: Meeting, host: Person, base: str) -> dict[str, Any]:
    view = listed(meeting, base) | {
        "host_email": host.email,
        "agenda": meeting.agenda,
        "status": meeting.status,
        "start_url": f"{base}/s/{meeting.pmi or meeting.id}?zak=sandbox.{meeting.uuid[:12]}.start",
        "settings": meeting.settings,
        "pre_schedule": False,
        "creation_source": "open_api",
    }
    if meeting.password:
        view |= {
            "password": meeting.password,
            "h323_password": meeting.password,
            "pstn_password": meeting.password,
            "encrypted_password": meeting.pwd,
        }
    return view | meeting.extra
