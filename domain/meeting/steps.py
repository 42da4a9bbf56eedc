"""The steps of reconciliation: one call to a provider each, with the reason for the history."""

from dataclasses import dataclass
from enum import StrEnum

from domain.meeting.meeting import Meeting, MeetingDetails
from domain.meeting.reason import Reason


@dataclass(frozen=True, slots=True)
class Create:
    meeting: Meeting
    reason: Reason


@dataclass(frozen=True, slots=True)
class Find:
    """Find by marker: after a lost answer, searches the host's account before any call is repeated."""

    meeting: Meeting
    reason: Reason


@dataclass(frozen=True, slots=True)
class Change:
    meeting: Meeting
    details: MeetingDetails
    reason: Reason


@dataclass(frozen=True, slots=True)
class Remove:
    meeting: Meeting
    reason: Reason


@dataclass(frozen=True, slots=True)
class Verify:
    """Reads the meeting to verify that it exists and is as it was confirmed. Changes nothing."""

    meeting: Meeting
    reason: Reason


Step = Create | Find | Change | Remove | Verify


class Operation(StrEnum):
    """The operation of a step: the key of its rate limits, and its action in the audit log."""

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
