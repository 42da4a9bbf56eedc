"""How far a host's account is tidied, as its JSON column keeps it."""

from datetime import datetime
from typing import Self
from uuid import UUID

import msgspec

from adapters.postgres.engine.texts import storable
from domain.meeting.strays import MarkedMeeting, Stray, Tidying


class StrayStruct(msgspec.Struct, omit_defaults=True):
    id: str
    marker: UUID
    found_at: datetime
    starts_at: datetime | None = None
    booking_id: UUID | None = None

    @classmethod
    def of(cls, it: Stray) -> Self:
        return cls(storable(it.meeting.id), it.meeting.marker, it.found_at, it.meeting.starts_at, it.booking_id)

    def stray(self) -> Stray:
        return Stray(MarkedMeeting(self.id, self.marker, self.starts_at), self.found_at, self.booking_id)


class TidiedStruct(msgspec.Struct, omit_defaults=True):
    looked_at: datetime | None = None
    strays: tuple[StrayStruct, ...] = ()
    removed: int = 0


_tidied = msgspec.json.Decoder(TidiedStruct)


def to_tidied(it: Tidying) -> TidiedStruct | None:
    """None for most: accounts that nobody has looked through yet."""
    tidied = TidiedStruct(it.looked_at, tuple(map(StrayStruct.of, it.strays)), it.removed)
    return tidied if tidied != TidiedStruct() else None


def to_tidying(due_at: datetime | None, column: str | None) -> Tidying:
    it = _tidied.decode(column) if column else TidiedStruct()
    return Tidying(due_at, it.looked_at, tuple(one.stray() for one in it.strays), it.removed)
