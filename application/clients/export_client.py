"""Exports a client's data for the client, without other clients' data and the practice's own notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.clients.manage_clients import client_here
from application.read_history import History, history_of
from application.security_events import record_alone
from domain.accounts.account import Account
from domain.booking.booking import BookingStatus
from domain.booking.booking_views import BookingView, ClientSessions
from domain.clients.client import Client
from domain.clients.contact_note import ContactNote
from domain.clients.mention import hints_at
from domain.ports.booking_views import BookingViews
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.security.event import EventKind, SecurityEvent

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class SharedSession:
    """A booking as this client may see it. `other_clients` counts the other clients; `title` is None when it names one
    of them."""

    id: UUID
    consultant: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    title: str | None
    online: bool
    join_link: str | None
    status: BookingStatus
    other_clients: int


@dataclass(frozen=True, slots=True)
class StoredClient:
    client: Client
    sessions: Sequence[SharedSession]
    notes: Sequence[ContactNote]
    history: History


@dataclass(frozen=True)
class ExportClient:
    """Rules:

    - Only admins of the organization export, because the export holds every consultant's bookings with the client.
    - Other clients of a booking are counted, not named: their data are not this client's.
    - Notes of bookings belong to the practice and are left out. Contact notes are included.
    """

    begin: Begin
    views: BookingViews
    clock: Clock

    async def __call__(self, actor: Account, client_id: UUID) -> StoredClient:
        """Raises NotAllowed, NotFound."""
        actor.must_be_admin()
        async with self.begin() as work:
            client = await client_here(work, actor, client_id)
            notes = await work.contact_notes.of(actor.organization_id, client_id)
            history = await history_of(work, actor.organization_id, client_id)
        event = SecurityEvent(EventKind.CLIENT_EXPORTED, self.clock.now(), actor.organization_id, actor.id, client_id)
        await record_alone(self.begin, event)
        sessions = [_shared(one, client_id) for one in await self._sessions(actor, client_id)]
        return StoredClient(client, sessions, notes, history)

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


def _shared(view: BookingView, client_id: UUID) -> SharedSession:
    own = next(one.name for one in view.clients if one.id == client_id)
    others = [one for one in view.clients if one.id != client_id]
    names_other = any(hints_at(_apart(one.name, own), view.title) for one in others)
    return SharedSession(
        view.id,
        view.consultant,
        view.starts_at,
        view.ends_at,
        view.zone,
        None if names_other else view.title,
        view.online,
        view.meeting.join_link,
        view.status,
        len(others),
    )


def _apart(name: str, own: str) -> str:
    """The parts of `name` that `own` lacks: relatives share parts of their names, and those identify neither."""
    shared = set(own.lower().split())
    return " ".join(part for part in name.split() if part.lower() not in shared)
