"""The fields of a booking that one request edits; all others stay."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from uuid import UUID

from domain.booking.booking import BookingDetails
from domain.slot import Slot


@dataclass(frozen=True, slots=True)
class Edits:
    """None keeps a value. Switching online off clears the provider."""

    consultant_id: UUID | None = None
    client_ids: tuple[UUID, ...] | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    zone: str | None = None
    title: str | None = None
    notes: str | None = None
    online: bool | None = None
    provider: str | None = None

    def apply(self, details: BookingDetails) -> BookingDetails:
        online = details.online if self.online is None else self.online
        provider = self.provider or (details.provider if online else None)
        return replace(
            details,
            consultant_id=self.consultant_id or details.consultant_id,
            client_ids=details.client_ids if self.client_ids is None else self.client_ids,
            slot=self._slot(details.slot),
            title=details.title if self.title is None else self.title,
            notes=details.notes if self.notes is None else self.notes,
            online=online,
            provider=provider,
        )

    def _slot(self, slot: Slot) -> Slot:
        return Slot(self.starts_at or slot.starts_at, self.ends_at or slot.ends_at, self.zone or slot.zone)

    @property
    def named(self) -> tuple[str, ...]:
        """The names of the fields that were sent, for the history."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) is not None)
