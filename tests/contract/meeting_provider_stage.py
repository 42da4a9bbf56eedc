"""The operations on a provider's own side that the contract of meeting providers needs."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid4

from domain.connection.token_set import AccessToken, TokenSet
from domain.meeting.meeting import MeetingDetails
from domain.ports.clock import Clock
from domain.provider import Provider
from domain.slot import Slot

VERIFIER = "a-verifier-of-forty-three-characters-or-more-0123"
SignedEvent = tuple[dict[str, str], bytes]


class WallClock(Clock):
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True)
class Seen:
    """A meeting as the provider itself shows it to its host."""

    id: str
    topic: str
    starts_at: datetime
    duration: timedelta


class Stage(Protocol):
    """A provider at which two people, 0 and 1, have accounts. `lose_answer` and `be_ill` act on the next call."""

    provider: Provider
    clock: Clock

    @abstractmethod
    async def approve(self, address: str, *, person: int = 0, without: str = "") -> str:
        """The person grants all permissions except `without`; returns the authorization code."""

    @abstractmethod
    async def remove_app(self) -> None:
        """Person 0 removes the app at the provider."""

    @abstractmethod
    async def expire_access(self) -> None:
        """The access token of person 0 expires."""

    @abstractmethod
    async def lose_answer(self, operation: str) -> None:
        """The next call takes effect, and its answer is lost."""

    @abstractmethod
    async def be_ill(self, operation: str) -> None:
        """The next call has no effect and no valid answer."""

    @abstractmethod
    async def reach_daily_limit(self) -> None: ...

    @abstractmethod
    async def seen(self) -> Sequence[Seen]:
        """The meetings of person 0."""

    @abstractmethod
    async def delete(self, meeting_id: str) -> None:
        """The host does it at the provider."""

    @abstractmethod
    async def rename(self, meeting_id: str, topic: str) -> None:
        """The host does it at the provider."""

    @abstractmethod
    async def move(self, meeting_id: str, starts_at: datetime, minutes: int) -> None:
        """The host does it at the provider."""

    @abstractmethod
    def another_deployment(self) -> Provider:
        """The provider as another Calendra with a registration of its own sees it, over the same accounts."""

    @abstractmethod
    async def make_with_old_mark(self, access: AccessToken, marker: UUID) -> str:
        """Makes a meeting with the marker of earlier releases, which has no deployment; returns its number."""

    @abstractmethod
    def removal_event(self, removed_at: datetime, sent_at: datetime) -> SignedEvent:
        """Person 0 removed the app."""

    @abstractmethod
    def address_question(self, sent_at: datetime) -> SignedEvent: ...

    @abstractmethod
    def meeting_event(self, meeting_id: str, changed_at: datetime, sent_at: datetime) -> SignedEvent:
        """The meeting was changed or deleted."""

    @abstractmethod
    def other_event(self, sent_at: datetime) -> SignedEvent:
        """A genuine event that Calendra ignores."""

    @abstractmethod
    def nonsense(self, sent_at: datetime) -> SignedEvent:
        """Correctly signed, but no webhook event."""


async def consented(stage: Stage, *, person: int = 0, without: str = "") -> TokenSet:
    address = stage.provider.oauth.authorize_address(f"state-{uuid4()}", VERIFIER)
    code = await stage.approve(address, person=person, without=without)
    return await stage.provider.oauth.exchange(code, VERIFIER)


async def access_of(stage: Stage, *, person: int = 0) -> AccessToken:
    return AccessToken((await consented(stage, person=person)).access_token)


def details(stage: Stage, topic: str = "Consultation", *, days: float = 2, minutes: int = 50) -> MeetingDetails:
    starts_at = (stage.clock.now() + timedelta(days=days)).replace(second=0, microsecond=0)
    return MeetingDetails(topic, Slot(starts_at, starts_at + timedelta(minutes=minutes), "Europe/Ljubljana"))


def new_marker() -> UUID:
    return uuid4()
