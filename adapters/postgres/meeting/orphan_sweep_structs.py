"""The orphan sweep of a host's account as its JSON column stores it."""

from datetime import datetime
from typing import Self
from uuid import UUID

import msgspec

from adapters.postgres.engine.sanitize import storable
from domain.meeting.orphans import MarkedMeeting, OrphanedMeeting, OrphanSweep


class OrphanedMeetingStruct(msgspec.Struct, omit_defaults=True):
    id: str
    marker: UUID
    found_at: datetime
    starts_at: datetime | None = None
    booking_id: UUID | None = None

    @classmethod
    def of(cls, it: OrphanedMeeting) -> Self:
        return cls(storable(it.meeting.id), it.meeting.marker, it.found_at, it.meeting.starts_at, it.booking_id)

    def orphan(self) -> OrphanedMeeting:
        return OrphanedMeeting(MarkedMeeting(self.id, self.marker, self.starts_at), self.found_at, self.booking_id)


class OrphanSweepStruct(msgspec.Struct, omit_defaults=True):
    looked_at: datetime | None = None
    orphans: tuple[OrphanedMeetingStruct, ...] = ()
    removed: int = 0


_swept = msgspec.json.Decoder(OrphanSweepStruct)


def to_swept(it: OrphanSweep) -> OrphanSweepStruct | None:
    """None before the first sweep of the account, which holds for most accounts."""
    swept = OrphanSweepStruct(it.looked_at, tuple(map(OrphanedMeetingStruct.of, it.orphans)), it.removed)
    return swept if swept != OrphanSweepStruct() else None


def to_sweep(due_at: datetime | None, column: str | None) -> OrphanSweep:
    it = _swept.decode(column) if column else OrphanSweepStruct()
    return OrphanSweep(due_at, it.looked_at, tuple(one.orphan() for one in it.orphans), it.removed)
