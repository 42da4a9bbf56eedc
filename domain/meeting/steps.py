"""What can be asked of a provider for a booking, one call each, with the reason for the history."""

from dataclasses import dataclass
from enum import StrEnum

from domain.meeting.meeting import Meeting, MeetingDetails


@dataclass(frozen=True, slots=True)
class Create:
    meeting: Meeting
    reason: str


@dataclass(frozen=True, slots=True)
class Find:
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
class Verify:
    """Is the meeting still there, and as it was confirmed? Nothing is changed."""

    meeting: Meeting
    reason: str


Step = Create | Find | Change | Remove | Verify


class Operation(StrEnum):
    """What a step asks the provider to do: the key of its rate limits, and its action in the audit log."""

    CREATE = "create"
    FIND = "find"
    CHANGE = "change"
    REMOVE = "remove"
    VERIFY = "verify"


def operation_of(step: Step) -> Operation:
    match step:
        case Create():
            return Operation.CREATE
        case Find():
            return Operation.FIND
        case Change():
            return Operation.CHANGE
        case Remove():
            return Operation.REMOVE
        case Verify():
            return Operation.VERIFY
