"""A meeting provider reduced to what reconciliation can notice: hosts, their meetings, and lost answers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from adapters.in_memory.provider.fault import Fault
from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.meeting.answers import Answer
from domain.meeting.host import Host
from domain.meeting.meeting import HeldMeeting, MeetingDetails, ObservedMeeting
from domain.meeting.steps import Change, Create, Find, Remove, Step, Verify
from domain.meeting.verification import Difference
from domain.provider_errors import Gone, NeedsConsultant, Refused, TryLater
from tests.builders import PRACTICE

HOUR = timedelta(hours=1)
FAULTS = (Fault.LOST_CALL, Fault.LOST_ANSWER, Fault.DOWN, Fault.DAILY_LIMIT, Fault.REFUSED, Fault.GONE)


@dataclass(frozen=True)
class Kept:
    host: Host
    marker: UUID
    details: MeetingDetails


@dataclass
class PretendedProvider:
    connected: set[Host] = field(default_factory=set)
    meetings: dict[str, Kept] = field(default_factory=dict)
    made: int = 0

    def call(self, step: Step, fault: Fault | None, now: datetime) -> Answer | ProviderError:
        host = step.meeting.host_in(PRACTICE)
        if host not in self.connected:
            return NeedsConsultant(reason=FailureReason.NOT_CONNECTED)
        if fault in (None, Fault.LOST_ANSWER):
            answer = self._done(step, host, now)
            return _failure(fault, now) if fault else answer
        if fault is Fault.GONE and not isinstance(step, Change | Remove | Verify):
            fault = Fault.DOWN  # a search and a create have no meeting to deny
        return _failure(fault, now)

    def of(self, host: Host) -> list[Kept]:
        return [kept for kept in self.meetings.values() if kept.host == host]

    def _done(self, step: Step, host: Host, now: datetime) -> Answer | ProviderError:
        match step:
            case Create():
                return self._create(Kept(host, step.meeting.marker, step.meeting.details), now)
            case Find():
                marker = step.meeting.marker
                return tuple(
                    held(one) for one, kept in self.meetings.items() if (kept.host, kept.marker) == (host, marker)
                )
            case Change():
                return self._change(step, host, now)
            case Remove():
                self.meetings.pop(str(step.meeting.id), None)
                return None
            case Verify():
                return self._see(step)

    def _see(self, step: Verify) -> Answer | ProviderError:
        kept = self.meetings.get(str(step.meeting.id))
        if kept is None:
            return Gone(words="no such meeting")
        same = kept.details == step.meeting.details
        return ObservedMeeting(held(str(step.meeting.id)), () if same else (Difference.RENAMED,))

    def _create(self, wanted: Kept, now: datetime) -> Answer | ProviderError:
        if wanted.details.slot.begun(now):
            return Refused(words="in the past")
        self.made += 1
        self.meetings[f"m-{self.made}"] = wanted
        return held(f"m-{self.made}")

    def _change(self, step: Change, host: Host, now: datetime) -> Answer | ProviderError:
        if step.meeting.id not in self.meetings:
            return Gone(words="no such meeting")
        if step.details.slot.begun(now):
            return Refused(words="in the past")
        self.meetings[step.meeting.id] = Kept(host, step.meeting.marker, step.details)
        return held(step.meeting.id)


def _failure(fault: Fault, now: datetime) -> ProviderError:
    """A limit lasts an hour."""
    error = fault.error(now)
    return error.coming_back(now + HOUR) if isinstance(error, TryLater) and error.until else error


def held(meeting_id: str) -> HeldMeeting:
    return HeldMeeting(meeting_id, f"https://meet.example.com/{meeting_id}")
