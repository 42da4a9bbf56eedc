"""What a provider holds for a booking, and what a booking wants it to hold."""

from dataclasses import dataclass, replace
from uuid import UUID

from domain.slot import Slot


@dataclass(frozen=True, slots=True)
class MeetingDetails:
    """All that a provider is told. No client's name, no notes: those stay in the practice."""

    topic: str
    slot: Slot


@dataclass(frozen=True, slots=True)
class Wish:
    """The meeting that a booking wants to exist."""

    provider: str
    host_id: UUID
    details: MeetingDetails


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A provider's own answer about one meeting. `id` is the provider's, as text."""

    id: str
    join_link: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting that we asked a provider for.

    `marker` is ours and travels in the meeting, so that a lost one can be found again. `id` and `join_link`
    are None from the moment of asking until the answer is heard. `details` is what was last confirmed; while
    `changing`, a change was asked for whose answer is not known, so the provider may hold something else.
    """

    marker: UUID
    provider: str
    host_id: UUID
    details: MeetingDetails
    id: str | None = None
    join_link: str | None = None
    changing: bool = False

    @property
    def heard(self) -> bool:
        return self.id is not None

    def serves(self, wish: Wish) -> bool:
        return (self.provider, self.host_id) == (wish.provider, wish.host_id)

    def starts_with(self, wish: Wish) -> bool:
        return self.details.slot.starts_at == wish.details.slot.starts_at

    def agrees_with(self, wish: Wish) -> bool:
        return self.heard and not self.changing and self.serves(wish) and self.details == wish.details

    def confirmed(self, held: HeldMeeting, details: MeetingDetails) -> "Meeting":
        return replace(self, id=held.id, join_link=held.join_link, details=details, changing=False)

    def without_link(self) -> "Meeting":
        return replace(self, join_link=None)
