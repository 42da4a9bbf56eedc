"""Turns a correct response into the wrong one that a fault describes."""

from collections.abc import Callable
from typing import Any

import msgspec

from demo.sandbox.faults import Fault
from demo.sandbox.limits import daily_limit_reached
from demo.sandbox.scopes import lacking

Answer = tuple[int, list[tuple[bytes, bytes]], bytes]

_HTML = b"<!doctype html><html><head><title>Zoom</title></head><body><h1>We will be back soon</h1></body></html>"
_BODIES: dict[int, Any] = {
    400: {"code": 300, "message": "Validation Failed.", "errors": [{"field": "topic", "message": "Invalid field."}]},
    401: {"code": 124, "message": "Invalid access token."},
    404: {"code": 3001, "message": "Meeting does not exist: 1."},
    409: {"code": 409, "message": "Conflict."},
    429: {
        "code": 429,
        "message": "You have reached the maximum per-second rate limit for this API. Try again later.",
    },
}  # fmt: skip


def spoiled(fault: Fault, answer: Answer, daily_limit: int, operation: str) -> Answer:
    """The response that the fault describes. Faults of the connection leave it unchanged."""
    if fault.kind == "status":
        return _status(fault)
    if fault.kind == "daily_limit":
        refusal = daily_limit_reached(daily_limit)
        return _json(refusal.status, refusal.body, refusal.headers)
    if fault.kind == "missing_scope":
        refusal = lacking(operation, fault.form)
        return _json(refusal.status, refusal.body, refusal.headers)
    if fault.kind == "missing_meeting":
        return _json(404, _BODIES[404], {})
    if fault.kind == "html":
        return 200, [(b"content-type", b"text/html; charset=utf-8")], _HTML
    if fault.kind == "wrong_types" and fault.field:
        return answer[0], answer[1], _with_one_wrong_type(answer[2], fault.field)
    change = _CHANGES.get(fault.kind)
    return (answer[0], answer[1], change(answer[2])) if change else answer


def _status(fault: Fault) -> Answer:
    if isinstance(fault.body, str):
        headers = {"content-type": "text/plain; charset=utf-8"} | fault.headers
        return fault.status, _pairs(headers), fault.body.encode()
    default = _BODIES.get(fault.status, {"code": fault.status, "message": "Internal Server Error"})
    return _json(fault.status, default if fault.body is msgspec.UNSET else fault.body, fault.headers)


def _json(status: int, body: Any, headers: dict[str, str]) -> Answer:
    return status, _pairs({"content-type": "application/json"} | headers), msgspec.json.encode(body)


def _pairs(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def _without_join_url(body: bytes) -> bytes:
    decoded = _decoded(body)
    decoded.pop("join_url", None)
    return msgspec.json.encode(decoded)


def _with_wrong_types(body: bytes) -> bytes:
    return msgspec.json.encode({name: _wrong(value) for name, value in _decoded(body).items()})


def _with_one_wrong_type(body: bytes, field: str) -> bytes:
    decoded = _decoded(body)
    *way, name = field.split(".")
    for holder in _holders(decoded, way):
        holder[name] = _wrong(holder.get(name))
    return msgspec.json.encode(decoded)


def _holders(holder: dict[str, Any], way: list[str]) -> list[dict[str, Any]]:
    if not way:
        return [holder]
    found = holder.get(way[0])
    inner = found if isinstance(found, list) else [found]
    return [one for each in inner if isinstance(each, dict) for one in _holders(each, way[1:])]


def _wrong(value: Any) -> Any:
    if isinstance(value, str):
        return [value]
    return "not what it was" if isinstance(value, int) else 7


def _decoded(body: bytes) -> dict[str, Any]:
    return msgspec.json.decode(body, type=dict[str, Any]) if body else {}


_CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda body: b"",
    "truncated": lambda body: body[: len(body) // 2],
    "missing_join_url": _without_join_url,
    "wrong_types": _with_wrong_types,
}
