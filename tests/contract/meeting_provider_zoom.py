"""The stage of the Zoom adapter: real HTTP against the sandbox, in a process of its own."""

import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
from msgspec.structs import replace

from adapters.in_memory.provider.fault import Fault
from adapters.zoom.provider import zoom_provider
from adapters.zoom.settings import ZoomSettings
from demo.sandbox.config import SandboxConfig
from domain.connection.token_set import AccessToken
from domain.provider import Provider
from tests.contract.meeting_provider_stage import Seen, SignedEvent, Stage, WallClock, details
from tests.sandbox_control import performed

CALLBACK = "http://127.0.0.1:8123/connections/zoom/callback"
PEOPLE = ("ana.novak@example.com", "boris.kranjc@example.com")


def sandbox_config() -> SandboxConfig:
    return SandboxConfig(redirect_uris=(CALLBACK,))


def settings_for(address: str, config: SandboxConfig, **other: Any) -> ZoomSettings:
    return ZoomSettings(
        client_id=config.client_id,
        client_secret=config.client_secret,
        webhook_secrets=config.webhook_secret,
        authorize_address=f"{address}/oauth/authorize",
        oauth_address=f"{address}/oauth",
        api_address=f"{address}/v2",
        **other,
    )


class ZoomStage(Stage):
    """`control` is an HTTP client for the sandbox's control calls."""

    def __init__(
        self, config: SandboxConfig, settings: ZoomSettings, http: httpx.AsyncClient, control: httpx.AsyncClient
    ):
        self.clock = WallClock()
        self.config = config
        self.provider = zoom_provider(settings, CALLBACK, http, self.clock)
        self._settings, self._http = settings, http
        self._control = control

    async def approve(self, address: str, *, person: int = 0, without: str = "") -> str:
        scopes = [scope.name for scope in self.provider.scopes if scope.name != without]
        asked = {"authorize_url": address, "account": PEOPLE[person], "decision": "approve", "scopes": scopes}
        location: str = (await self.ask("POST", "approve", asked))["location"]
        return parse_qs(urlsplit(location).query)["code"][0]

    async def remove_app(self) -> None:
        await self.ask("POST", f"accounts/{PEOPLE[0]}/remove-app")

    async def expire_access(self) -> None:
        await self.ask("POST", f"accounts/{PEOPLE[0]}/expire-access", {"refresh_too": False})

    async def lose_answer(self, operation: str) -> None:
        await self.strike(operation, Fault.LOST_ANSWER)

    async def be_ill(self, operation: str) -> None:
        await self.strike(operation, Fault.DOWN, body="<html>down for a while</html>")

    async def strike(self, operation: str, fault: Fault, **more: Any) -> None:
        await self.ask("POST", "faults", performed(operation, fault, **more))

    async def reach_daily_limit(self) -> None:
        await self.ask("POST", f"accounts/{PEOPLE[0]}/daily-count", {"count": 100})

    async def seen(self) -> Sequence[Seen]:
        held = (await self.ask("GET", f"accounts/{PEOPLE[0]}/meetings"))["meetings"]
        return [
            Seen(
                str(one["id"]),
                one["topic"],
                datetime.fromisoformat(one["start_time"]),
                timedelta(minutes=one["duration"]),
            )
            for one in held
        ]

    async def delete(self, meeting_id: str) -> None:
        await self.ask("DELETE", f"meetings/{meeting_id}")

    async def rename(self, meeting_id: str, topic: str) -> None:
        await self.ask("PATCH", f"meetings/{meeting_id}", {"topic": topic})

    async def move(self, meeting_id: str, starts_at: datetime, minutes: int) -> None:
        start = starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        await self.ask("PATCH", f"meetings/{meeting_id}", {"start_time": start, "duration": minutes})

    def another_deployment(self) -> Provider:
        return zoom_provider(replace(self._settings, client_id="another-client-id"), CALLBACK, self._http, self.clock)

    async def make_with_old_mark(self, access: AccessToken, marker: UUID) -> str:
        body = {"type": 2, "topic": "Old", "agenda": f"Calendra {marker}\nMade before.", "duration": 50}
        starts = details(self).slot.starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        answer = await self._http.post(
            f"{self._settings.api_address}/users/me/meetings",
            json=body | {"start_time": starts},
            headers={"authorization": f"Bearer {access.token}"},
        )
        return str(answer.raise_for_status().json()["id"])

    def removal_event(self, removed_at: datetime, sent_at: datetime) -> SignedEvent:
        ana = self.config.people[0]
        payload = {
            "account_id": ana.account_id,
            "user_id": ana.user_id,
            "client_id": self.config.client_id,
            "deauthorization_time": removed_at.astimezone(UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z"),
            "signature": "0" * 64,
            "user_data_retention": None,
        }
        return self._signed({"event": "app_deauthorized", "payload": payload}, sent_at)

    def address_question(self, sent_at: datetime) -> SignedEvent:
        return self._signed({"event": "endpoint.url_validation", "payload": {"plainToken": "kolibri"}}, sent_at)

    def meeting_event(self, meeting_id: str, changed_at: datetime, sent_at: datetime) -> SignedEvent:
        event = {
            "event": "meeting.deleted",
            "event_ts": int(changed_at.timestamp() * 1000),
            "payload": {"account_id": "A", "operation": "single", "object": {"id": int(meeting_id)}},
        }
        return self._signed(event, sent_at)

    def other_event(self, sent_at: datetime) -> SignedEvent:
        return self._signed({"event": "meeting.started", "payload": {"object": {"id": "123"}}}, sent_at)

    def nonsense(self, sent_at: datetime) -> SignedEvent:
        return self._sign(b"[nonsense", sent_at), b"[nonsense"

    async def ask(self, method: str, what: str, body: dict[str, Any] | None = None) -> Any:
        answer = await self._control.request(method, f"/_sandbox/{what}", json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def _signed(self, event: dict[str, Any], sent_at: datetime) -> SignedEvent:
        body = json.dumps(event).encode()
        return self._sign(body, sent_at), body

    def _sign(self, body: bytes, sent_at: datetime) -> dict[str, str]:
        stamp = str(int(sent_at.timestamp()))
        sign = hmac.new(self.config.webhook_secret.encode(), f"v0:{stamp}:".encode() + body, sha256).hexdigest()
        return {"x-zm-request-timestamp": stamp, "x-zm-signature": f"v0={sign}"}
