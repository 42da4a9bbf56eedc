"""A Zoom that answers what a test wants, and the adapter in front of it. All values are made up."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from adapters.zoom.settings import ZoomSettings
from domain.connection.token_set import AccessToken, TokenSet
from domain.meeting.meeting import MeetingDetails
from domain.slot import Slot

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
MARKER = UUID("5f0c1a52-9f0b-4d0e-8a50-3a8f5a5d7c11")
TOKEN = "eyJhbGciOiJub25lIn0.access-kolibri-7731.signed"
RENEWAL = "eyJhbGciOiJub25lIn0.renewal-vidra-9942.signed"
ACCESS = AccessToken(TOKEN)
TOKEN_SET = TokenSet(TOKEN, RENEWAL, NOW + timedelta(hours=1), frozenset({"user:read:user"}))
MEETING_ID = "81236549870"
LINK = "https://us05web.zoom.example/j/81236549870?pwd=Qk9sYWNoVXJzdA.1"

API = "https://api.zoom.example/v2"
MEETINGS = f"{API}/users/me/meetings"
MEETING = f"{API}/meetings/{MEETING_ID}"
TOKENS = "https://zoom.example/oauth/token"
REVOKE = "https://zoom.example/oauth/revoke"

CALLBACK = "https://calendra.example/connections/zoom/callback"
SETTINGS = ZoomSettings(
    client_id="client-of-the-practice",
    client_secret="secret-of-the-practice-5521",
    webhook_secrets="webhook-secret-new-81, webhook-secret-old-17",
    authorize_address="https://zoom.example/oauth/authorize",
    oauth_address="https://zoom.example/oauth",
    api_address=API,
    connect_seconds=1,
    read_seconds=1,
    total_seconds=2,
)


class FixedClock:
    def now(self) -> datetime:
        return NOW


def details(topic: str = "Posvet", starts_at: datetime = NOW + timedelta(days=1), **length: float) -> MeetingDetails:
    ends_at = starts_at + timedelta(**(length or {"minutes": 50}))
    return MeetingDetails(topic, Slot(starts_at, ends_at, "Europe/Ljubljana"))


def meeting(**other: Any) -> dict[str, Any]:
    """Zoom's answer to a create or a read, with fields that Calendra does not use."""
    return {
        "id": int(MEETING_ID),
        "uuid": "qW7/rT//1==",
        "host_id": "hostHOSThost1234567890",
        "topic": "Posvet",
        "type": 2,
        "start_time": "2026-11-23T10:30:00Z",
        "duration": 50,
        "join_url": LINK,
        "start_url": "https://us05web.zoom.example/s/81236549870?zak=start-secret-4411",
        "password": "gEsL0!",
        "settings": {"waiting_room": True},
        **other,
    }


def listed(**other: Any) -> dict[str, Any]:
    return {"id": int(MEETING_ID), "agenda": f"Calendra {MARKER}\nSomething", "topic": "Posvet", **other}


def tokens(**other: Any) -> dict[str, Any]:
    return {
        "access_token": TOKEN,
        "token_type": "bearer",
        "refresh_token": RENEWAL,
        "expires_in": 3599,
        "scope": "user:read:user meeting:write:meeting",
        "api_url": "https://api.zoom.example",
        **other,
    }


def without(body: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != name}
