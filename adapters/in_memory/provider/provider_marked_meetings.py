"""The marked meetings of a host at a provider in memory, two per page."""

from adapters.in_memory.provider.provider_world import READ, ProviderWorld
from domain.connection.token_set import AccessToken
from domain.meeting.orphans import MarkedMeeting, MarkedPage
from domain.ports.meeting_provider import MarkedMeetings

PAGE_SIZE = 2


class InMemoryMarkedMeetings(MarkedMeetings):
    def __init__(self, world: ProviderWorld, deployment: str = "") -> None:
        self._world = world
        self._deployment = deployment

    async def marked(self, access: AccessToken, page: str | None) -> MarkedPage:
        return await self._world.faults.during("find", lambda: self._page(access, int(page or 0)))

    def _page(self, access: AccessToken, start: int) -> MarkedPage:
        self._world.calls.append(("find", self._world.owner(access.token) or ""))
        held = self._world.meetings_of(self._world.admit(access, READ))
        ours = (one for one in held[start : start + PAGE_SIZE] if one.deployment == self._deployment)
        marked = tuple(MarkedMeeting(one.id, one.marker, one.details.slot.starts_at) for one in ours)
        end = start + PAGE_SIZE
        return MarkedPage(marked, str(end) if end < len(held) else None)
