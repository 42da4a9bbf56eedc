"""Meetings at a meeting provider in memory."""

from uuid import UUID

from adapters.in_memory.provider.provider_world import READ, WRITE, KeptMeeting, ProviderWorld
from domain.connection.token_set import AccessToken
from domain.failure_reason import FailureReason
from domain.meeting.meeting import HeldMeeting, MeetingDetails, ObservedMeeting
from domain.meeting.verification import Difference
from domain.ports.meeting_provider import Meetings
from domain.provider_errors import Gone, Refused


class InMemoryMeetings(Meetings):
    def __init__(self, world: ProviderWorld, deployment: str = "") -> None:
        self._world = world
        self._deployment = deployment

    async def create(self, access: AccessToken, marker: UUID, details: MeetingDetails) -> HeldMeeting:
        return await self._world.faults.during("create", lambda: self._create(access, marker, details))

    async def change(self, access: AccessToken, meeting_id: str, marker: UUID, details: MeetingDetails) -> HeldMeeting:
        return await self._world.faults.during("change", lambda: self._change(access, meeting_id, marker, details))

    async def read(self, access: AccessToken, meeting_id: str, details: MeetingDetails) -> ObservedMeeting:
        kept = await self._world.faults.during("read", lambda: self._find("read", access, READ, meeting_id))
        return ObservedMeeting(_held(kept), _differences(details, kept.details))

    async def remove(self, access: AccessToken, meeting_id: str) -> None:
        await self._world.faults.during("remove", lambda: self._remove(access, meeting_id))

    async def find(self, access: AccessToken, marker: UUID, details: MeetingDetails) -> tuple[HeldMeeting, ...]:
        return await self._world.faults.during("find", lambda: self._marked(access, marker))

    def _create(self, access: AccessToken, marker: UUID, details: MeetingDetails) -> HeldMeeting:
        host_id = self._admit("create", access, WRITE)
        self._must_lie_ahead(details)
        number = str(self._world.next_number())
        link = f"https://{self._world.name}.example/j/{number}?pwd={marker.hex[:6]}"
        self._world.meetings[number] = KeptMeeting(number, host_id, marker, details, link, self._deployment)
        return HeldMeeting(number, link)

    def _change(self, access: AccessToken, meeting_id: str, marker: UUID, details: MeetingDetails) -> HeldMeeting:
        meeting = self._find("change", access, WRITE, meeting_id)
        self._must_lie_ahead(details)
        meeting.marker, meeting.details = marker, details
        return _held(meeting)

    def _remove(self, access: AccessToken, meeting_id: str) -> None:
        del self._world.meetings[self._find("remove", access, WRITE, meeting_id).id]

    def _marked(self, access: AccessToken, marker: UUID) -> tuple[HeldMeeting, ...]:
        host_id = self._admit("find", access, READ)
        return tuple(_held(meeting) for meeting in self._world.meetings_of(host_id) if meeting.marker == marker)

    def _admit(self, operation: str, access: AccessToken, scope: str) -> str:
        self._world.calls.append((operation, self._world.owner(access.token) or ""))
        return self._world.admit(access, scope)

    def _find(self, operation: str, access: AccessToken, scope: str, meeting_id: str) -> KeptMeeting:
        host_id = self._admit(operation, access, scope)
        meeting = self._world.meetings.get(meeting_id)
        if meeting is None or meeting.host_id != host_id:
            raise Gone(words="The meeting does not exist", answered="404")
        return meeting

    def _must_lie_ahead(self, details: MeetingDetails) -> None:
        if details.slot.begun(self._world.now()):
            raise Refused(reason=FailureReason.ALREADY_BEGUN, answered="400")


def _held(meeting: KeptMeeting) -> HeldMeeting:
    return HeldMeeting(meeting.id, meeting.join_link)


def _differences(wanted: MeetingDetails, kept: MeetingDetails) -> tuple[Difference, ...]:
    found = {
        Difference.MOVED: wanted.slot.starts_at != kept.slot.starts_at,
        Difference.RESIZED: wanted.slot.duration != kept.slot.duration,
        Difference.RENAMED: wanted.topic != kept.topic,
    }
    return tuple(difference for difference, differs in found.items() if differs)
