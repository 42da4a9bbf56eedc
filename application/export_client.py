"""All that is stored of a client, for the client to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from application.know_clients import client_here
from application.tell_history import History, told
from domain.account import Account
from domain.client import Client
from domain.contact_note import ContactNote
from domain.ports.bookings import BookingView, BookingViews, ClientSessions
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class StoredClient:
    client: Client
    sessions: Sequence[BookingView]
    notes: Sequence[ContactNote]
    history: History


@dataclass(frozen=True)
class ExportClient:
    """Rules: admins of the client's organization, because it holds every consultant's sessions with them."""

    begin: Begin
    views: BookingViews
    clock: Clock

    async def __call__(self, actor: Account, client_id: UUID) -> StoredClient:
        """Raises NotAllowed, NotFound."""
        actor.must_be_admin()
        async with self.begin() as work:
            client = await client_here(work, actor, client_id)
            notes = await work.contact_notes.of(actor.organization_id, client_id)
            history = await told(work, actor.organization_id, client_id)
        return StoredClient(client, await self._sessions(actor, client_id), notes, history)

    async def _sessions(self, actor: Account, client_id: UUID) -> Sequence[BookingView]:
        """Newest first."""
        found: list[BookingView] = []
        query = ClientSessions(client_id, self.clock.now(), past=True, most=_AT_ONCE)
        for past in (False, True):
            after = None
            while True:
                query = ClientSessions(client_id, query.now, past=past, after=after, most=_AT_ONCE)
                page = await self.views.of_client(actor.organization_id, query)
                found += page
                if len(page) < _AT_ONCE:
                    break
                after = (page[-1].starts_at, page[-1].id)
        return sorted(found, key=lambda view: (view.starts_at, view.id), reverse=True)
