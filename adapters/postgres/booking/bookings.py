"""Bookings in PostgreSQL."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from adapters.postgres.booking import booking_statements as ask
from adapters.postgres.booking.booking_rows import host_key, to_booking, to_reconciliation, to_row
from adapters.postgres.booking.overlap_finder import OverlapFinder
from adapters.postgres.creations import earlier
from adapters.postgres.creations import to_row as creation_row
from adapters.postgres.engine.error_translation import violated
from adapters.postgres.engine.sanitize import storable
from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.schema.booking_tables import NO_DOUBLE_BOOKING
from domain.booking.booking import Booking
from domain.creation import Creation
from domain.errors import NotFound, ObjectKind
from domain.lease import Lease
from domain.meeting.host import Host
from domain.meeting.meeting import Meeting
from domain.meeting.orphans import MarkedMeeting
from domain.ports.bookings import Bookings


class PostgresBookings(Bookings):
    def __init__(self, transaction: Transaction, overlap_finder: OverlapFinder) -> None:
        self._transaction = transaction
        self._overlap_finder = overlap_finder

    async def add(self, booking: Booking, creation: Creation, *, now: datetime) -> Creation | None:
        created = {f"creation_{name}": value for name, value in creation_row(creation).items()}
        async with self._no_double_booking(booking):
            added = await self._transaction.run(ask.ADD, **to_row(booking, now), **created)
        return None if added.scalar_one() else await earlier(self._transaction, creation)

    async def to_change(self, organization_id: UUID, booking_id: UUID) -> Booking | None:
        found = await self._transaction.run(ask.TO_CHANGE, organization_id=organization_id, id=booking_id)
        row = found.one_or_none()
        return to_booking(row) if row else None

    async def save(self, booking: Booking, *, now: datetime) -> None:
        if booking.finished:
            await self._transaction.run(ask.ERASE, here=booking.organization_id, this=booking.id)
            return
        row = to_row(booking, now)
        place = {"here": row.pop("organization_id"), "this": row.pop("id")}
        async with self._no_double_booking(booking):
            saved = await self._transaction.run(ask.SAVE, **row, **place)
        if not saved.scalar_one():
            raise NotFound(ObjectKind.SESSION)

    async def lease_due(self, lease: Lease, *, now: datetime, most: int) -> Sequence[tuple[UUID, UUID]]:
        leased = await self._transaction.run(ask.LEASE_DUE, now=now, most=most, token=lease.token, until=lease.until)
        in_turn = sorted(leased.all(), key=lambda row: (row.turn, row.starts_at <= now, row.starts_at))
        return [(row.organization_id, row.id) for row in in_turn]

    async def of_host(self, host: Host, *, ending_after: datetime | None) -> Sequence[Booking]:
        theirs = {"organization_id": host.organization_id, "host": host_key(host.provider, host.consultant_id)}
        if ending_after is None:
            found = await self._transaction.run(ask.OF_HOST, **theirs)
        else:
            found = await self._transaction.run(ask.OF_HOST_ENDING_AFTER, **theirs, ending_after=ending_after)
        return sorted(map(to_booking, found.all()), key=lambda booking: (booking.details.slot.starts_at, booking.id))

    async def of_person(self, organization_id: UUID, host_id: UUID) -> Sequence[Booking]:
        found = await self._transaction.run(ask.OF_PERSON, organization_id=organization_id, host_id=str(host_id))
        return sorted(map(to_booking, found.all()), key=lambda booking: (booking.details.slot.starts_at, booking.id))

    async def meetings_like(self, host: Host, marked: Sequence[MarkedMeeting]) -> Sequence[Meeting]:
        found = await self._transaction.run(
            ask.MEETINGS_LIKE,
            organization_id=host.organization_id,
            host=host_key(host.provider, host.consultant_id),
            markers=[str(one.marker) for one in marked],
            ids=[storable(one.id) for one in marked],
        )
        return [meeting for row in found for meeting in to_reconciliation(row.reconciliation).meetings]

    async def creates_of(self, host: Host) -> Mapping[UUID, int]:
        found = await self._transaction.run(
            ask.CREATES_OF,
            organization_id=host.organization_id,
            host_id=host.consultant_id,
            provider=host.provider,
        )
        return {row.subject_id: row.creates for row in found}

    async def of_client(self, organization_id: UUID, client_id: UUID) -> Sequence[Booking]:
        found = await self._transaction.run(ask.OF_CLIENT, organization_id=organization_id, client_id=client_id)
        return list(map(to_booking, found.all()))

    async def coming(self, organization_id: UUID, *, now: datetime) -> Mapping[UUID, int]:
        found = await self._transaction.run(ask.COMING, organization_id=organization_id, now=now)
        return {row.consultant_id: row.sessions for row in found}

    async def any_booked(self, organization_id: UUID, *, online: bool) -> bool:
        question = ask.ANY_WITH_MEETING if online else ask.ANY_BOOKED
        return bool((await self._transaction.run(question, organization_id=organization_id)).scalar_one())

    async def of_meeting(self, provider: str, meeting_id: str) -> Booking | None:
        found = await self._transaction.run(ask.OF_MEETING, provider=provider, meeting_id=storable(meeting_id))
        row = found.one_or_none()
        return to_booking(row) if row else None

    @asynccontextmanager
    async def _no_double_booking(self, booking: Booking) -> AsyncIterator[None]:
        try:
            yield
        except IntegrityError as error:
            if violated(error) != NO_DOUBLE_BOOKING:
                raise
            raise await self._overlap_finder.refusal(booking) from error
