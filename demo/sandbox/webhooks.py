"""The webhook events that Zoom sends to the app: their bodies and their signature."""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime
from typing import Any

import msgspec

from demo.sandbox.config import Person
from demo.sandbox.meeting_view import join_url, moment
from demo.sandbox.sandbox import Sandbox
from demo.sandbox.state import Delivery, Meeting

KEPT_DELIVERIES = 1000
_OWNER_EVENTS = ("meeting.started", "meeting.ended")
_READS = ("meeting:read:meeting", "meeting:read")


def signature(secret: str, timestamp: int, body: str) -> str:
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
    return f"v0={digest.hexdigest()}"


def enqueue(sandbox: Sandbox, url: str, event: str, payload: dict[str, Any], **how: Any) -> Delivery:
    """Queues a webhook event. `how`: another secret, or another timestamp than the current one."""
    body = {"event": event, "payload": payload, "event_ts": int(sandbox.now() * 1000)}
    return enqueue_raw(sandbox, url, event, msgspec.json.encode(body).decode(), **how)


def enqueue_raw(sandbox: Sandbox, url: str, event: str, body: str, **how: Any) -> Delivery:
    delivery = Delivery(
        id=secrets.token_hex(8),
        url=url,
        event=event,
        body=body,
        tracking_id=f"WEB_{secrets.token_hex(16)}",
        request_id="_".join(secrets.token_hex(n) for n in (4, 2, 2, 2, 6)),
        due=sandbox.now(),
        **how,
    )
    world = sandbox.world
    world.deliveries = [*world.deliveries[-KEPT_DELIVERIES:], delivery]
    sandbox.dirty = True
    sandbox.wake_deliveries()
    return delivery


def happened(
    sandbox: Sandbox, event: str, meeting: Meeting, base: str, changed: dict[str, Any] | None = None
) -> Delivery | None:
    """Sends the app an event about a meeting, if its host has the app and a plan with this event."""
    host = sandbox.world.people[meeting.host]
    if not sandbox.config.webhook_url or not listens(sandbox, host, event):
        return None
    payload = meeting_payload(sandbox, event, meeting, base, changed)
    return enqueue(sandbox, sandbox.config.webhook_url, event, payload)


def listens(sandbox: Sandbox, host: Person, event: str) -> bool:
    installed = sandbox.world.installs.get(host.user_id)
    if installed is None or not any(scope in installed.scopes for scope in _READS):
        return False
    return event in _OWNER_EVENTS or host.plan > 1


def meeting_payload(
    sandbox: Sandbox, event: str, meeting: Meeting, base: str, changed: dict[str, Any] | None = None
) -> dict[str, Any]:
    host = sandbox.world.people[meeting.host]
    if event in _OWNER_EVENTS:
        return {"account_id": host.account_id, "object": _running(meeting, host, sandbox.now(), event)}
    payload: dict[str, Any] = {
        "account_id": host.account_id,
        "operator": host.email,
        "operator_id": host.user_id,
    }
    if event == "meeting.updated":
        now, before = changed or {}, {"id": meeting.id} | {k: v[0] for k, v in (changed or {}).items()}
        after = {"id": meeting.id} | {name: pair[1] for name, pair in now.items()}
        return payload | {
            "scope": "single",
            "object": after,
            "old_object": before,
            "time_stamp": int(sandbox.now() * 1000),
        }
    shown = _facts(meeting, base) if event == "meeting.created" else _short(meeting)
    return payload | {"operation": "single", "object": shown}


def _short(meeting: Meeting) -> dict[str, Any]:
    return {
        "uuid": meeting.uuid,
        "id": meeting.id,
        "host_id": meeting.host,
        "topic": meeting.topic,
        "type": meeting.type,
        "start_time": moment(meeting.start),
        "duration": meeting.duration,
        "timezone": meeting.timezone,
    }


def _facts(meeting: Meeting, base: str) -> dict[str, Any]:
    settings = {key: meeting.settings[key] for key in ("use_pmi", "alternative_hosts", "join_before_host")}
    return _short(meeting) | {
        "join_url": join_url(meeting, base),
        "password": meeting.password,
        "creation_source": "open_api",
        "settings": settings,
    }


def _running(meeting: Meeting, host: Person, now: float, event: str) -> dict[str, Any]:
    """Only in these events the meeting's id is a string."""
    ended = {"end_time": moment(now)} if event == "meeting.ended" else {}
    return _short(meeting) | {"id": str(meeting.id), "host_email": host.email} | ended


def deauthorized(sandbox: Sandbox, user_id: str) -> Delivery | None:
    """Zoom sends no event for unpublished apps."""
    if not sandbox.config.deauthorization_url or not sandbox.config.published:
        return None
    payload = deauthorization_payload(sandbox, user_id)
    return enqueue(sandbox, sandbox.config.deauthorization_url, "app_deauthorized", payload)


def deauthorization_payload(sandbox: Sandbox, user_id: str) -> dict[str, Any]:
    when = datetime.fromtimestamp(sandbox.now(), UTC)
    inner = f"{sandbox.config.client_id}{user_id}".encode()
    return {
        "account_id": sandbox.world.people[user_id].account_id,
        "user_id": user_id,
        "client_id": sandbox.config.client_id,
        "deauthorization_time": f"{when:%Y-%m-%dT%H:%M:%S}.{when.microsecond // 1000:03d}Z",
        "signature": hmac.new(sandbox.config.webhook_secret.encode(), inner, hashlib.sha256).hexdigest(),
        "user_data_retention": None,
    }
