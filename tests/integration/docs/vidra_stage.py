"""The stage of the guide's provider, whose adapter exists only where the guide's code was put."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib import import_module
from uuid import UUID

import httpx

from domain.connection.token_set import AccessToken
from domain.provider import Provider
from tests.contract.meeting_provider_stage import Seen, SignedEvent, Stage, WallClock
from tests.integration.docs.vidra import PEOPLE, Vidra

CALLBACK = "http://localhost:8000/oauth/vidra/callback"


class VidraStage(Stage):
    def __init__(self) -> None:
        self.vidra = Vidra()
        self.clock = WallClock()
        self.provider = self._provider(self.vidra.client_id)

    def _provider(self, client_id: str) -> Provider:
        settings = import_module("adapters.vidra.settings").VidraSettings(
            client_id=client_id, client_secret=self.vidra.client_secret
        )
        http = httpx.AsyncClient(base_url=settings.address, transport=httpx.MockTransport(self.vidra.answer))
        provider: Provider = import_module("adapters.vidra.provider").vidra_provider(
            settings, CALLBACK, http, self.clock
        )
        return provider

    async def approve(self, address: str, *, person: int = 0, without: str = "") -> str:
        return self.vidra.approve(address, list(PEOPLE)[person], without)["code"]

    async def remove_app(self) -> None:
        self.vidra.remove_app("ana")

    async def expire_access(self) -> None:
        self.vidra.access = {token: one for token, one in self.vidra.access.items() if one.person != "ana"}

    async def lose_answer(self, operation: str) -> None:
        self.vidra.faults[operation] = "lost"

    async def be_ill(self, operation: str) -> None:
        self.vidra.faults[operation] = "ill"

    async def reach_daily_limit(self) -> None:
        self.vidra.full = True

    async def seen(self) -> Sequence[Seen]:
        return [
            Seen(
                one["id"],
                one["title"],
                datetime.fromisoformat(one["starts_at"]),
                timedelta(minutes=one["minutes"]),
            )
            for one in self.vidra.meetings.values()
            if one["host"] == "ana"
        ]

    async def delete(self, meeting_id: str) -> None:
        del self.vidra.meetings[meeting_id]

    async def rename(self, meeting_id: str, topic: str) -> None:
        self.vidra.meetings[meeting_id]["title"] = topic

    async def move(self, meeting_id: str, starts_at: datetime, minutes: int) -> None:
        self.vidra.meetings[meeting_id] |= {"starts_at": starts_at.isoformat(), "minutes": minutes}

    def another_deployment(self) -> Provider:
        return self._provider("another-client")

    # Vidra has no list of marked meetings and no webhook events, so no test of its contract asks for these.

    async def make_with_old_mark(self, access: AccessToken, marker: UUID) -> str:
        raise AssertionError("Vidra has no old marks")

    def removal_event(self, removed_at: datetime, sent_at: datetime) -> SignedEvent:
        raise AssertionError("Vidra sends no webhook events")

    def address_question(self, sent_at: datetime) -> SignedEvent:
        raise AssertionError("Vidra sends no webhook events")

    def meeting_event(self, meeting_id: str, changed_at: datetime, sent_at: datetime) -> SignedEvent:
        raise AssertionError("Vidra sends no webhook events")

    def other_event(self, sent_at: datetime) -> SignedEvent:
        raise AssertionError("Vidra sends no webhook events")

    def nonsense(self, sent_at: datetime) -> SignedEvent:
        raise AssertionError("Vidra sends no webhook events")
