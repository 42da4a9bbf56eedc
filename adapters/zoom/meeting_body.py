"""Converts meeting details to Zoom's format and limits."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from adapters.zoom.wire import ChangedMeeting, Meeting, NewMeeting, Settings
from domain.meeting.meeting import MeetingDetails
from domain.meeting.verification import Difference
from domain.slot import Slot

LONGEST_TOPIC = 200
LONGEST_MINUTES = 24 * 60

_MARK = re.compile(r"Calendra ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([0-9a-f]{12})(?:\r?\n|\Z)")
_JOINER = "\u200d"
_NEVER_SHOWN = ("Cc", "Cs", "Zl", "Zp")
_SENTENCE = "Calendra made this meeting for a session. Move or cancel it in Calendra, so that everybody hears of it."

# Sessions follow each other in a practice. The waiting room keeps a client out of the session before, and out of the
# room before the consultant arrives. Both settings are explicit, because each host's own settings would apply
# otherwise. `use_pmi` is false, because a host's personal room would give all clients the same link.
_SETTINGS = Settings(use_pmi=False, waiting_room=True, join_before_host=False)


class Mark:
    """Marks a meeting as created by this deployment. The client id identifies the deployment's app at Zoom; it is
    hashed, because other people see the meetings. Meetings of earlier releases carry the marker alone, so their
    deployment is unknown."""

    def __init__(self, client_id: str) -> None:
        self._deployment = sha256(f"calendra {client_id}".encode()).hexdigest()[:12]

    def agenda(self, marker: UUID) -> str:
        """The marker comes first, because lists show only the first 250 characters."""
        return f"{marking(marker)} {self._deployment}\n{_SENTENCE}"

    def read(self, agenda: str) -> UUID | None:
        """The marker, if the line that we wrote is unchanged."""
        found = _MARK.match(agenda)
        return UUID(found.group(1)) if found and found.group(2) == self._deployment else None


def new_meeting(mark: Mark, marker: UUID, details: MeetingDetails) -> NewMeeting:
    """`default_password` makes Zoom create a passcode that follows the account's own rules."""
    slot = details.slot
    return NewMeeting(
        type=2, topic=topic(details.topic), agenda=mark.agenda(marker), start_time=start_time(slot),
        timezone=slot.zone, duration=minutes(slot), default_password=True, settings=_SETTINGS,
    )  # fmt: skip


def changed_meeting(details: MeetingDetails) -> ChangedMeeting:
    """Only the fields that a booking decides. The host's agenda, passcode, settings and the link stay."""
    slot = details.slot
    return ChangedMeeting(topic(details.topic), start_time(slot), slot.zone, minutes(slot))


def marking(marker: UUID) -> str:
    """The text to search for; all releases and deployments write it."""
    return f"Calendra {marker}"


def start_time(slot: Slot) -> str:
    """In UTC with one Z. The zone beside it is for display only."""
    return slot.starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def starts_as(slot: Slot, answered: str | None) -> bool:
    """Whether Zoom's start is the slot's. Zoom may drop seconds, so a difference of less than a minute is ignored."""
    moment = start_of(answered)
    return moment is not None and abs(moment - slot.starts_at) < timedelta(minutes=1)


def start_of(answered: str | None) -> datetime | None:
    """None if Zoom sends no start, or one that is not an instant."""
    try:
        moment = datetime.fromisoformat(answered or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def differences(details: MeetingDetails, meeting: Meeting) -> tuple[Difference, ...]:
    """Compares the meeting with the body that we would send. A meeting that lost its fixed time counts as moved."""
    found = {
        Difference.MOVED: not starts_as(details.slot, meeting.start_time),
        Difference.RESIZED: meeting.duration not in (None, minutes(details.slot)),
        Difference.RENAMED: meeting.topic not in (None, topic(details.topic)),
    }
    return tuple(difference for difference, differs in found.items() if differs)


def minutes(slot: Slot) -> int:
    """Rounded up, so that the last minute is not cut off."""
    return min(max(-(-slot.duration // timedelta(minutes=1)), 1), LONGEST_MINUTES)


def topic(text: str) -> str:
    """One line of complete characters. Zoom refuses the whole meeting if the topic has an invalid character or is too
    long."""
    spaced = "".join(" " if unicodedata.category(sign) in _NEVER_SHOWN else sign for sign in text)
    return _cut(" ".join(spaced.split())) or "Session"


def _cut(text: str) -> str:
    """Does not split a visible character, unless it consists of dozens of parts."""
    end = len(text) if len(text) <= LONGEST_TOPIC else LONGEST_TOPIC
    whole = end
    while whole > end - 30 and whole < len(text) and _continues(text, whole):
        whole -= 1
    return text[: whole if whole > end - 30 else end].rstrip()


def _continues(text: str, at: int) -> bool:
    before, sign = text[at - 1], text[at]
    skin = "\U0001f3fb" <= sign <= "\U0001f3ff"
    flag = all("\U0001f1e6" <= one <= "\U0001f1ff" for one in (before, sign))
    return unicodedata.category(sign) in ("Mn", "Me", "Mc") or _JOINER in (before, sign) or skin or flag
