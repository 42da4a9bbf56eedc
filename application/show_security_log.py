"""Shows and exports the security log of a practice."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from application.security_events import record_alone
from domain.accounts.account import Account
from domain.errors import Invalid
from domain.language import Language
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.rule import Rule
from domain.security.event import EventKind, SecurityEvent, SecurityLogQuery, StoredEvent

LARGEST_PAGE = 200
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class SecurityLogPage:
    """Newest first. `names` are the present names of people, invited people and clients; one that is missing was
    erased."""

    events: Sequence[StoredEvent]
    names: Mapping[UUID, str]
    more: bool


@dataclass(frozen=True)
class ShowSecurityLog:
    """Rules: admins read the security log of their own practice; an export is itself recorded."""

    begin: Begin
    clock: Clock

    async def __call__(self, actor: Account, query: SecurityLogQuery) -> SecurityLogPage:
        """Raises NotAllowed, Invalid."""
        actor.must_be_admin()
        if not 1 <= query.most <= LARGEST_PAGE:
            raise Invalid("limit", Rule.PAGE_SIZE, most=LARGEST_PAGE)
        return await self._page(actor, query)

    async def export(self, actor: Account, query: SecurityLogQuery) -> AsyncIterator[SecurityLogPage]:
        """All events of the query, page by page. Raises NotAllowed before the first page."""
        actor.must_be_admin()
        event = SecurityEvent(EventKind.SECURITY_LOG_EXPORTED, self.clock.now(), actor.organization_id, actor.id)
        await record_alone(self.begin, event)
        return self._pages(actor, replace(query, most=_AT_ONCE))

    async def _pages(self, actor: Account, query: SecurityLogQuery) -> AsyncIterator[SecurityLogPage]:
        while True:
            page = await self._page(actor, query)
            yield page
            if not page.more:
                return
            query = replace(query, after=page.events[-1].position)

    async def _page(self, actor: Account, query: SecurityLogQuery) -> SecurityLogPage:
        here = actor.organization_id
        async with self.begin() as work:
            found = await work.security_log.page(here, replace(query, most=query.most + 1))
            events = found[: query.most]
            names = await _names(work, here, [one.event for one in events])
        return SecurityLogPage(events, names, more=len(found) > query.most)


async def _names(work: UnitOfWork, here: UUID, events: Sequence[SecurityEvent]) -> dict[UUID, str]:
    people = {one for event in events for one in (event.actor_id, event.subject_id) if one}
    accounts = await work.people.accounts(here, people)
    rest = people - {one.id for one in accounts}
    clients = await work.clients.named(here, list(rest), Language.ENGLISH) if rest else []
    invited = await work.invitations.of_organization(here) if rest else []
    named = [(one.id, one.name) for one in invited]
    named += [(one.id, one.name) for one in clients if one.name]
    return dict(named + [(one.id, one.name) for one in accounts])
