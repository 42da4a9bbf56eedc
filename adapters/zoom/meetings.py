"""Meetings in the account of the consultant whose access token is given."""

from urllib.parse import quote, urlencode
from uuid import UUID

import msgspec

from adapters.zoom.answer import Answer, Call
from adapters.zoom.api_failures import api_failure
from adapters.zoom.calls import ZoomCalls
from adapters.zoom.meeting_body import Mark, changed_meeting, differences, marking, new_meeting, starts_as
from adapters.zoom.wire import Meeting, MeetingPage
from domain.connection.token_set import AccessToken
from domain.failure_reason import FailureReason
from domain.meeting.meeting import HeldMeeting, MeetingDetails, ObservedMeeting
from domain.ports.clock import Clock
from domain.ports.meeting_provider import Meetings
from domain.provider_errors import Gone, Refused, TryLater

MOST_PAGES = 20

_NOT_REMOVABLE = (3018, 3037)  # a personal room: never a meeting of ours, and no retry can remove it


class ZoomMeetings(Meetings):
    """Source: developers.zoom.us, API reference, Meetings. A user-level app addresses its user as `me`."""

    def __init__(self, api_address: str, mark: Mark, calls: ZoomCalls, clock: Clock) -> None:
        self._address = api_address
        self._mark = mark
        self._calls = calls
        self._clock = clock

    async def create(self, access: AccessToken, marker: UUID, details: MeetingDetails) -> HeldMeeting:
        self._must_lie_ahead(details)
        body = msgspec.json.encode(new_meeting(self._mark, marker, details))
        call = Call("create", "POST", self._of_host, _headers(access, body), body, effect=True)
        return _held((await self._done(call)).read(Meeting))

    async def change(self, access: AccessToken, meeting_id: str, marker: UUID, details: MeetingDetails) -> HeldMeeting:
        """Reads the meeting back, because Zoom ignores an unacceptable start without an error."""
        self._must_lie_ahead(details)
        deadline = self._calls.deadline()
        body = msgspec.json.encode(changed_meeting(details))
        await self._empty(self._call("change", "PATCH", meeting_id, access, body), deadline)
        meeting = await self._read(access, meeting_id, deadline)
        if not starts_as(details.slot, meeting.start_time):
            raise Refused(reason=FailureReason.TIME_KEPT, answered="204, but the start is as before")
        return _held(meeting)

    async def read(self, access: AccessToken, meeting_id: str, details: MeetingDetails) -> ObservedMeeting:
        meeting = await self._read(access, meeting_id, self._calls.deadline())
        return ObservedMeeting(_held(meeting), differences(details, meeting))

    async def remove(self, access: AccessToken, meeting_id: str) -> None:
        call = self._call("remove", "DELETE", meeting_id, access)
        answer = await self._calls.send(call)
        if answer.status == 204 or (answer.status == 400 and answer.code in _NOT_REMOVABLE):
            return
        raise answer.unheard() if answer.good else api_failure(answer, self._clock.now())

    async def find(self, access: AccessToken, marker: UUID, details: MeetingDetails) -> tuple[HeldMeeting, ...]:
        """Reads each match, because a list may show a link without its passcode, or no link."""
        deadline = self._calls.deadline()
        found = [await self._listed(access, one, deadline) for one in await self._marked(access, marker, deadline)]
        return tuple(found)

    async def _marked(self, access: AccessToken, marker: UUID, deadline: float) -> list[str]:
        """The ids, without duplicates: a page may repeat meetings that moved over from the page before.

        The type `scheduled` lists all meetings that have not expired; `upcoming` ends after six months.
        """
        found: dict[str, None] = {}
        question = {"type": "scheduled", "page_size": "300"}
        for _ in range(MOST_PAGES):
            call = Call("find", "GET", f"{self._of_host}?{urlencode(question)}", _headers(access))
            page = (await self._done(call, deadline)).read(MeetingPage)
            found |= {str(one.id): None for one in page.meetings if marking(marker) in (one.agenda or "")}
            if not page.next_page_token:
                return list(found)
            question["next_page_token"] = page.next_page_token
        raise Refused(reason=FailureReason.TOO_MANY_MEETINGS, answered="200, too many pages")

    async def _listed(self, access: AccessToken, meeting_id: str, deadline: float) -> HeldMeeting:
        """If the read reports a listed meeting as gone, raises TryLater: a deleted meeting is missing from the next
        list, any other still exists."""
        try:
            return _held(await self._read(access, meeting_id, deadline))
        except Gone as error:
            raise TryLater(reason=FailureReason.PROVIDER_DOWN, answered=f"listed, but: {error.answered}") from error

    async def _read(self, access: AccessToken, meeting_id: str, deadline: float) -> Meeting:
        return (await self._done(self._call("read", "GET", meeting_id, access), deadline)).read(Meeting)

    async def _done(self, call: Call, deadline: float | None = None) -> Answer:
        answer = await self._calls.send(call, deadline)
        if not answer.good:
            raise api_failure(answer, self._clock.now())
        return answer

    async def _empty(self, call: Call, deadline: float) -> None:
        """Zoom confirms with 204. Any other success status does not come from Zoom's API."""
        answer = await self._done(call, deadline)
        if answer.status != 204:
            raise answer.unheard()

    def _must_lie_ahead(self, details: MeetingDetails) -> None:
        """Zoom would treat a start in the past as "now"."""
        if details.slot.begun(self._clock.now()):
            raise Refused(reason=FailureReason.ALREADY_BEGUN)

    @property
    def _of_host(self) -> str:
        return f"{self._address}/users/me/meetings"

    def _call(self, operation: str, method: str, meeting_id: str, access: AccessToken, body: bytes = b"") -> Call:
        address = f"{self._address}/meetings/{quote(meeting_id, safe='')}"
        return Call(operation, method, address, _headers(access, body), body, method != "GET", of_meeting=True)


def _headers(access: AccessToken, body: bytes = b"") -> dict[str, str]:
    kind = {"content-type": "application/json"} if body else {}
    return {"authorization": f"Bearer {access.token}", **kind}


def _held(meeting: Meeting) -> HeldMeeting:
    return HeldMeeting(str(meeting.id), meeting.join_url)
