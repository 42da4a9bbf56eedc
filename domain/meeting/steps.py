"""What can be asked of a provider for a booking, one call each, with the reason for the history."""

from dataclasses import dataclass

from domain.meeting.meeting import Meeting, MeetingDetails


@dataclass(frozen=True, slots=True)
class Create:
    meeting: Meeting
    reason: str


@dataclass(frozen=True, slots=True)
class Look:
    """An answer was lost: search the host's account for our marker before anything is repeated."""

    meeting: Meeting
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    meeting: Meeting
    details: MeetingDetails
    reason: str


@dataclass(frozen=True, slots=True)
class Remove:
    meeting: Meeting
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """Is the meeting still there, and as it was confirmed? Nothing is changed."""

    meeting: Meeting
    reason: str


Step = Create | Look | Change | Remove | Check


def operation_of(step: Step) -> str:
    """create, look, change, remove or check."""
    return type(step).__name__.lower()
