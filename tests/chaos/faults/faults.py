"""Every form of a fault on the wire to Zoom, for each call that it can affect."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from adapters.in_memory.provider.fault import Fault
from tests.sandbox_control import PERFORMED

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
_NO_USER = {"code": 1001, "message": "User does not exist."}
_GATEWAY = "<html><body><h1>Something is in the way</h1></body></html>"
_SECONDS, _UNTIL = 90, timedelta(minutes=7)


@dataclass(frozen=True, slots=True)
class WireFault:
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


def faults_of(call: str) -> list[WireFault]:
    return [*_connections(call), *_refusals(call), *_limits(), *_illness(call), *_bodies(call)]


def _connections(call: str) -> Iterator[WireFault]:
    yield WireFault(REFUSED_CONNECTION)
    for name, kind in (("reset", "reset"), ("time-out", "hang")):
        yield WireFault(f"{name} before", {"kind": kind, "after": False}, silent=True)
        if call in WITH_EFFECT:
            yield WireFault(f"{name} after", {"kind": kind, "after": True}, silent=True)
    if call in WITH_EFFECT:
        yield WireFault("dropped after", {"kind": "drop", "after": True}, silent=True)
    if call not in WITHOUT_BODY:
        yield WireFault("slow body", {"kind": "drip", "delay_ms": _SLOW})
        yield WireFault("broken body", {"kind": "cut_off"})
    if call == "refresh":
        yield WireFault("answered after our limit", {"kind": "late", "delay_ms": _LATE}, silent=True)


def _refusals(call: str) -> Iterator[WireFault]:
    token = call in ("exchange", "refresh")
    yield WireFault("400", PERFORMED[Fault.REVOKED] if token else _status(400))
    if token:
        yield WireFault("400 of another kind", _status(400))
    yield WireFault("401", PERFORMED[Fault.MISCONFIGURED] if call in OAUTH else _status(401))
    yield WireFault("404 of a gateway", _status(404, _GATEWAY))
    if call in ("current_user", "create", "find"):
        yield WireFault("404", _status(404, _NO_USER))
    if call in ("change", "read", "remove"):  # false here; a use case of its own has the true one
        yield WireFault("404, which is not true", PERFORMED[Fault.GONE])
    yield WireFault("409", _status(409))
    yield WireFault("403 of a gateway", _status(403, _GATEWAY))


def _limits() -> Iterator[WireFault]:
    yield WireFault("429", _status(429))
    yield WireFault("429, seconds", _status(429) | {"headers": {"Retry-After": str(_SECONDS)}})
    yield WireFault("429, ISO date", _status(429) | {"until": True})
    yield WireFault(DAILY_LIMIT, PERFORMED[Fault.DAILY_LIMIT])


def _illness(call: str) -> Iterator[WireFault]:
    for status in (500, 502, 503):
        yield WireFault(str(status), _status(status, _GATEWAY) if status == 502 else _status(status))
    if call in WITH_EFFECT:
        yield WireFault("502 after", _status(502, _GATEWAY) | {"after": True})


def _bodies(call: str) -> Iterator[WireFault]:
    yield WireFault("HTML with 200", {"kind": "html"})
    if call in WITH_EFFECT:
        yield WireFault("HTML with 200, before", {"kind": "html", "after": False})
    yield WireFault("empty body", _status(200, "") | {"after": True})
    if call not in WITHOUT_BODY:
        yield WireFault("truncated JSON", {"kind": "truncated"})
    if call in ("create", "read"):
        yield WireFault("missing join_url", {"kind": "missing_join_url"})
    for name in FIELDS.get(call, ()):
        yield WireFault(f"wrong type of {name}", {"kind": "wrong_types", "field": name})


def _status(status: int, body: Any = None) -> dict[str, Any]:
    return {"kind": "status", "status": status} | ({} if body is None else {"body": body})
