"""Erases a client's data on request, and issues a receipt."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from application.booking.close_booking import CloseBooking
from application.booking.edit_booking import EditBooking
from application.clients.find_mentions import FindMentions, NamingSession
from application.clients.manage_clients import client_here, client_to_change
from application.security_events import record
from domain.accounts.account import Account
from domain.booking.booking import Booking
from domain.booking.draft import Draft
from domain.booking.edits import Edits
from domain.clients.client import Client
from domain.clients.errors import ClientHasSessions
from domain.erasure import Kept, Mention, Receipt
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """`coming`: planned bookings that are not over. `past` counts all other bookings, `notes` the contact notes,
    `drafts` the drafts that name the client. `naming`: bookings whose title or notes name the client."""

    client: Client
    coming: Sequence[Booking]
    past: int
    notes: int
    drafts: int
    naming: Sequence[NamingSession]


@dataclass(frozen=True)
class EraseClient:
    """Rules:

    - Admins erase clients of their own organization.
    - The preview lists the client's upcoming bookings. Without `end_coming` nothing is erased while there are any. With
      it, bookings without another client are cancelled, and the client is removed from the others.
    - Name, address, number, contact notes and history are erased, and the client is removed from drafts. Past bookings
      keep a client without a name.
    - With `texts`, the titles and notes of past bookings without another client are erased too, and those of drafts
      that name the client.
    - The texts of other bookings stay. The preview and the receipt list those that name the client.
    - The receipt counts the erased data and keeps a hash of the address, not the address.
    """

    begin: Begin
    close_booking: CloseBooking
    edit_booking: EditBooking
    find_mentions: FindMentions
    clock: Clock

    async def preview(self, actor: Account, client_id: UUID) -> ErasurePreview:
        """Raises NotAllowed, NotFound."""
        actor.must_be_admin()
        async with self.begin() as work:
            client = await client_here(work, actor, client_id)
            sessions = await work.bookings.of_client(actor.organization_id, client_id)
            notes = await work.contact_notes.of(actor.organization_id, client_id)
            drafts = await _drafts_about(work, client)
        coming = self._coming(sessions)
        naming = await self.find_mentions(client, sessions)
        return ErasurePreview(client, coming, _seen(sessions) - len(coming), len(notes), len(drafts), naming)

    async def __call__(self, actor: Account, client_id: UUID, *, end_coming: bool, texts: bool) -> Receipt:
        """Raises NotAllowed, NotFound, ClientHasSessions, ClientErased."""
        preview = await self.preview(actor, client_id)
        if preview.coming and not end_coming:
            raise ClientHasSessions(count=len(preview.coming))
        for booking in preview.coming:
            await self._end(actor, booking, client_id)
        stay = tuple(one.mention for one in preview.naming if not (texts and one.alone))
        async with self.begin() as work:
            client = await client_to_change(work, actor, client_id)
            receipt = await self._destroy(work, actor, client, texts, stay)
            erased_at, here = receipt.erased_at, actor.organization_id
            await record(work, SecurityEvent(EventKind.CLIENT_ERASED, erased_at, here, actor.id, client.id))
            await work.commit()
        return receipt

    async def _end(self, actor: Account, booking: Booking, client_id: UUID) -> None:
        others = tuple(one for one in booking.details.client_ids if one != client_id)
        if others:
            await self.edit_booking(actor, booking.id, Edits(client_ids=others), expected_version=None)
        else:
            await self.close_booking.cancel(actor, booking.id, expected_version=None)

    async def _destroy(
        self, work: UnitOfWork, actor: Account, client: Client, texts: bool, stay: tuple[Mention, ...]
    ) -> Receipt:
        """`stay`: bookings whose texts still name the client."""
        here, now = client.organization_id, self.clock.now()
        nameless = client.erased(now=now)
        sessions = await work.bookings.of_client(here, client.id)
        if coming := self._coming(sessions):
            raise ClientHasSessions(count=len(coming))  # booked meanwhile
        notes = [one.id for one in await work.contact_notes.of(here, client.id)]
        erased = Counter(clients=1, contact_notes=await work.contact_notes.remove_of(here, client.id))
        erased["history_entries"] = await work.audit_log.remove_of(here, client.id)
        drafts = await _forget_in_drafts(work, client, texts)
        erased["drafts"] = len(drafts)
        bare = [one.without_texts() for one in sessions if texts and one.details.client_ids == (client.id,)]
        for booking in bare:
            await work.bookings.save(booking, now=now)
        erased["session_texts"] = len(bare)
        await work.creations.erase_contents(here, [client.id, *notes, *(one.id for one in bare)])
        await work.clients.save(nameless)
        email_hash = hashlib.sha256(client.email.encode()).hexdigest() if client.email else ""
        kept = Kept(_seen(sessions), sum(one.mentions(client) for one in drafts), stay)
        receipt = Receipt(here, uuid4(), email_hash, now, actor.name, dict(erased), {}, kept)
        await work.receipts.add(receipt)
        return receipt

    def _coming(self, sessions: Sequence[Booking]) -> list[Booking]:
        now = self.clock.now()
        return [one for one in sessions if one.is_coming(now)]


async def _drafts_about(work: UnitOfWork, client: Client) -> list[Draft]:
    return [one for one in await work.drafts.of_organization(client.organization_id) if one.is_about(client)]


async def _forget_in_drafts(work: UnitOfWork, client: Client, texts: bool) -> list[Draft]:
    """The drafts that named the client, as they are now."""
    forgotten = []
    for draft in await _drafts_about(work, client):
        changed = draft.without_client(client.id)
        changed = changed.without_texts() if texts else changed
        await work.drafts.save(changed)
        forgotten.append(changed)
    return forgotten


def _seen(sessions: Sequence[Booking]) -> int:
    return sum(not one.deleted for one in sessions)
