"""The stage of the in-memory provider."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from adapters.in_memory.provider.fault import Fault
from adapters.in_memory.provider.meeting_provider import in_memory_provider, provider_in
from adapters.in_memory.provider.provider_webhook_events import InMemoryWebhookEvents
from domain.connection.token_set import AccessToken
from domain.provider import Provider
from domain.slot import Slot
from tests.contract.meeting_provider_stage import Seen, SignedEvent, Stage, details


class MovableClock:
    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment


class InMemoryStage(Stage):
    def __init__(self, now: datetime) -> None:
        self.clock = self._clock = MovableClock(now)
        self.provider, self.world = in_memory_provider("vidra", "Vidra", self._clock)
        self.people = [
            self.world.add_person("Ana Novak", "ana@vidra.example"),
            self.world.add_person("Boris Kranjc", "boris@vidra.example"),
        ]

    async def approve(self, address: str, *, person: int = 0, without: str = "") -> str:
        scopes = frozenset(scope.name for scope in self.provider.scopes if scope.name != without)
        return self.world.approve(address, self.people[person].user_id, scopes)

    async def remove_app(self) -> None:
        self.world.remove_app(self.people[0].user_id)

    async def expire_access(self) -> None:
        self._clock.moment += timedelta(hours=2)

    async def lose_answer(self, operation: str) -> None:
        self.world.strike(operation, Fault.LOST_ANSWER)

    async def be_ill(self, operation: str) -> None:
        self.world.strike(operation, Fault.DOWN)

    async def reach_daily_limit(self) -> None:
        self.world.strike("create", Fault.DAILY_LIMIT)

    async def seen(self) -> Sequence[Seen]:
        return [
            Seen(kept.id, kept.details.topic, kept.details.slot.starts_at, kept.details.slot.duration)
            for kept in self.world.meetings_of(self.people[0].user_id)
        ]

    async def delete(self, meeting_id: str) -> None:
        del self.world.meetings[meeting_id]

    async def rename(self, meeting_id: str, topic: str) -> None:
        kept = self.world.meetings[meeting_id]
        kept.details = replace(kept.details, topic=topic)

    async def move(self, meeting_id: str, starts_at: datetime, minutes: int) -> None:
        kept = self.world.meetings[meeting_id]
        slot = Slot(starts_at, starts_at + timedelta(minutes=minutes), kept.details.slot.zone)
        kept.details = replace(kept.details, slot=slot)

    def another_deployment(self) -> Provider:
        return provider_in(self.world, "Vidra", "another")

    async def make_with_old_mark(self, access: AccessToken, marker: UUID) -> str:
        old = provider_in(self.world, "Vidra", "before deployments were told apart")
        return (await old.meetings.create(access, marker, details(self))).id

    def removal_event(self, removed_at: datetime, sent_at: datetime) -> SignedEvent:
        ana = self.people[0]
        event = {
            "event": "removed",
            "user_id": ana.user_id,
            "account_id": ana.account_id,
            "at": removed_at.isoformat(),
        }
        return self._signer.signed(event, sent_at)

    def address_question(self, sent_at: datetime) -> SignedEvent:
        return self._signer.signed({"event": "url_validation", "word": "kolibri"}, sent_at)

    def meeting_event(self, meeting_id: str, changed_at: datetime, sent_at: datetime) -> SignedEvent:
        event = {"event": "meeting_changed", "meeting_id": meeting_id, "at": changed_at.isoformat()}
        return self._signer.signed(event, sent_at)

    def other_event(self, sent_at: datetime) -> SignedEvent:
        return self._signer.signed({"event": "meeting_began"}, sent_at)

    def nonsense(self, sent_at: datetime) -> SignedEvent:
        return self._signer.sign(b"[nonsense", sent_at), b"[nonsense"

    @property
    def _signer(self) -> InMemoryWebhookEvents:
        return InMemoryWebhookEvents(f"{self.provider.name}-event-secret")
