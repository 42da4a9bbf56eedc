"""Every fault of a call to Zoom, for each call that it can affect."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

CALLS = ("exchange", "refresh", "revoke", "current_user", "create", "change", "read", "remove", "find")
OAUTH = ("exchange", "refresh", "revoke")
WITH_EFFECT = (*OAUTH, "create", "change", "remove")
WITHOUT_BODY = ("change", "remove")
REFUSED_CONNECTION, DAILY_LIMIT = "refused connection", "daily limit"

# What our adapter reads of each answer; a dot means each element of a list.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "exchange": ("access_token", "refresh_token", "expires_in", "scope"),
    "refresh": ("access_token", "refresh_token", "expires_in", "scope"),
    "revoke": ("status",),
    "current_user": ("id", "account_id", "email", "display_name", "type"),
    "create": ("id", "join_url", "start_time", "topic", "duration"),
    "read": ("id", "join_url", "start_time", "topic", "duration"),
    "find": ("meetings", "meetings.id", "meetings.agenda", "next_page_token"),
}

_SLOW = 10_000  # milliseconds: longer than a whole call may take, each part of it soon enough
_LATE = 4_000  # longer than the time limit of other calls
_TOKEN_DEAD = {"reason": "Invalid Token!", "error": "invalid_grant"}
_NO_USER = {"code": 1001, "message": "User does not exist."}
_GATEWAY = "<html><body><h1>Something is in the way</h1></body></html>"
_SECONDS, _UNTIL = 90, timedelta(minutes=7)


@dataclass(frozen=True, slots=True)
class Fault:
    """`ask` configures the stand-in, unless it is stopped. `silent`: no answer arrives."""

    name: str
    ask: Mapping[str, Any] = field(default_factory=dict, hash=False)
    silent: bool = False

    def asked(self, now: datetime) -> dict[str, Any]:
        """With times by our own clock."""
        ask = dict(self.ask)
        if ask.pop("until", False):
            ask["headers"] = {"Retry-After": (now + _UNTIL).strftime("%Y-%m-%dT%H:%M:%SZ")}
        return ask


def faults_of(call: str) -> list[Fault]:
    return [*_connections(call), *_refusals(call), *_limits(), *_illness(call), *_bodies(call)]


def _connections(call: str) -> Iterator[Fault]:
    yield Fault(REFUSED_CONNECTION)
    for name, kind in (("reset", "reset"), ("time-out", "hang")):
        yield Fault(f"{name} before", {"kind": kind, "after": False}, silent=True)
        if call in WITH_EFFECT:
            yield Fault(f"{name} after", {"kind": kind, "after": True}, silent=True)
    if call in WITH_EFFECT:
        yield Fault("dropped after", {"kind": "drop", "after": True}, silent=True)
    if call not in WITHOUT_BODY:
        yield Fault("slow body", {"kind": "drip", "delay_ms": _SLOW})
        yield Fault("broken body", {"kind": "cut_off"})
    if call == "refresh":
        yield Fault("answered after our limit", {"kind": "late", "delay_ms": _LATE}, silent=True)


def _refusals(call: str) -> Iterator[Fault]:
    token = call in ("exchange", "refresh")
    yield Fault("400", _status(400, _TOKEN_DEAD) if token else _status(400))
    if token:
        yield Fault("400 of another kind", _status(400))
    wrong_client = {"reason": "Invalid client_id or client_secret", "error": "invalid_client"}
    yield Fault("401", _status(401, wrong_client) if call in OAUTH else _status(401))
    yield Fault("404 of a gateway", _status(404, _GATEWAY))
    if call in ("current_user", "create", "find"):
        yield Fault("404", _status(404, _NO_USER))
    if call in ("change", "read", "remove"):  # false here; a use case of its own has the true one
        yield Fault("404, which is not true", {"kind": "missing_meeting"})
    yield Fault("409", _status(409))
    yield Fault("403 of a gateway", _status(403, _GATEWAY))


def _limits() -> Iterator[Fault]:
    yield Fault("429", _status(429))
    yield Fault("429, seconds", _status(429) | {"headers": {"Retry-After": str(_SECONDS)}})
    yield Fault("429, ISO date", _status(429) | {"until": True})
    yield Fault(DAILY_LIMIT, {"kind": "daily_limit"})


def _illness(call: str) -> Iterator[Fault]:
    for status in (500, 502, 503):
        yield Fault(str(status), _status(status, _GATEWAY) if status == 502 else _status(status))
    if call in WITH_EFFECT:
        yield Fault("502 after", _status(502, _GATEWAY) | {"after": True})


def _bodies(call: str) -> Iterator[Fault]:
    yield Fault("HTML with 200", {"kind": "html"})
    if call in WITH_EFFECT:
        yield Fault("HTML with 200, before", {"kind": "html", "after": False})
    yield Fault("empty body", _status(200, "") | {"after": True})
    if call not in WITHOUT_BODY:
        yield Fault("truncated JSON", {"kind": "truncated"})
    if call in ("create", "read"):
        yield Fault("missing join_url", {"kind": "missing_join_url"})
    for name in FIELDS.get(call, ()):
        yield Fault(f"wrong type of {name}", {"kind": "wrong_types", "field": name})


def _status(status: int, body: Any = None) -> dict[str, Any]:
    return {"kind": "status", "status": status} | ({} if body is None else {"body": body})
