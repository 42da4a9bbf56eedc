"""The security log in memory."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from adapters.in_memory.state import State
from domain.ports.security_log import SecurityLog
from domain.security.event import SecurityEvent, SecurityLogQuery, StoredEvent


class InMemorySecurityLog(SecurityLog):
    """`added` are the events to announce after the commit."""

    def __init__(self, state: State) -> None:
        self._events = state.security_log
        self.added: list[SecurityEvent] = []

    async def add(self, event: SecurityEvent) -> None:
        self.added.append(event)
        if event.organization_id:
            number = max(self._events, default=0) + 1
            self._events[number] = StoredEvent(number, event)

    async def page(self, organization_id: UUID, query: SecurityLogQuery) -> Sequence[StoredEvent]:
        found = [
            one
            for one in self._events.values()
            if one.event.organization_id == organization_id and _matches(one, query)
        ]
        return sorted(found, key=_place, reverse=True)[: query.most]

    async def remove_before(self, moment: datetime, *, most: int) -> int:
        old = sorted((one for one in self._events.values() if one.event.at < moment), key=_place)[:most]
        for one in old:
            del self._events[one.number]
        return len(old)


def _place(one: StoredEvent) -> tuple[datetime, int]:
    return one.event.at, one.number


def _matches(one: StoredEvent, query: SecurityLogQuery) -> bool:
    event, after = one.event, query.after
    return (
        (not query.kinds or event.kind in query.kinds)
        and query.outcome in (None, event.outcome)
        and query.person_id in (None, event.actor_id, event.subject_id)
        and (query.since is None or query.since <= event.at)
        and (query.before is None or event.at < query.before)
        and (after is None or _place(one) < (after.at, after.number))
    )
