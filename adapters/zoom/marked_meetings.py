"""Lists the meetings in a host's account that this deployment created."""

from urllib.parse import urlencode

from adapters.zoom.answer import Call
from adapters.zoom.api_failures import api_failure
from adapters.zoom.calls import ZoomCalls
from adapters.zoom.meeting_body import Mark, start_of
from adapters.zoom.wire import ListedMeeting, MeetingPage
from domain.connection.token_set import AccessToken
from domain.meeting.orphans import MarkedMeeting, MarkedPage
from domain.ports.clock import Clock
from domain.ports.meeting_provider import MarkedMeetings

PAGE_SIZE = 300  # Zoom's maximum


class ZoomMarkedMeetings(MarkedMeetings):
    """Source: developers.zoom.us, API reference, List meetings. The type `scheduled` lists all meetings that have not
    expired."""

    def __init__(self, api_address: str, mark: Mark, calls: ZoomCalls, clock: Clock) -> None:
        self._address = api_address
        self._mark = mark
        self._calls = calls
        self._clock = clock

    async def marked(self, access: AccessToken, page: str | None) -> MarkedPage:
        question = {"type": "scheduled", "page_size": str(PAGE_SIZE)} | ({"next_page_token": page} if page else {})
        address = f"{self._address}/users/me/meetings?{urlencode(question)}"
        answer = await self._calls.send(Call("find", "GET", address, {"authorization": f"Bearer {access.token}"}))
        if not answer.good:
            raise api_failure(answer, self._clock.now())
        listed = answer.read(MeetingPage)
        found = tuple(one for one in map(self._marked, listed.meetings) if one)
        return MarkedPage(found, listed.next_page_token or None)

    def _marked(self, listed: ListedMeeting) -> MarkedMeeting | None:
        marker = self._mark.read(listed.agenda or "")
        return MarkedMeeting(str(listed.id), marker, start_of(listed.start_time)) if marker else None
