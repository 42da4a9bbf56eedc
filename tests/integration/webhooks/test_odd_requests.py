"""The answer to any request at the webhook's address: 200 for genuine events, 4xx for the rest, never 5xx."""

import json
from typing import Any

from adapters.zoom.webhook_events import LARGEST
from tests.integration.webhooks.sending import signature, signed
from tests.integration.webhooks.zoom_stage import NEW, ZOOM, ZoomStage, zoom_staged
from tests.tally import tally

UNKNOWN = b'{"event":"something.new","event_ts":1,"payload":{"object":{"id":7}}}'


def _event(event: str, payload: object, **more: object) -> bytes:
    return json.dumps({"event": event, "event_ts": 1795343405123, "payload": payload} | more).encode()


GENUINE: dict[str, tuple[bytes, int]] = {
    "an unknown event": (UNKNOWN, 200),
    "an unknown event with a list": (_event("something.new", [1, 2]), 200),
    "an unknown event with nothing": (b'{"event":"bare"}', 200),
    "more fields than described": (
        _event("meeting.started", {"object": {"id": "7", "new": {"x": [1]}}}, more=[1]),
        200,
    ),
    "a byte order mark": (b"\xef\xbb\xbf" + UNKNOWN, 422),
    "a meeting of nobody": (_event("meeting.deleted", {"object": {"id": 7}}), 200),
    "the largest number": (_event("meeting.deleted", {"object": {"id": 2**63 - 1}}), 200),
    "a number beyond": (_event("meeting.deleted", {"object": {"id": 2**64}}), 422),
    "a fraction as number": (_event("meeting.deleted", {"object": {"id": 1.5}}), 422),
    "a list as number": (_event("meeting.deleted", {"object": {"id": [7]}}), 422),
    "a zero byte in a number": (_event("meeting.deleted", {"object": {"id": "7\x00"}}), 200),
    "a long number": (_event("meeting.deleted", {"object": {"id": "7" * 101}}), 422),
    "an event's time in seconds": (_event("meeting.deleted", {"object": {"id": 7}}, event_ts=1795343405), 200),
    "an event's time as text": (_event("meeting.deleted", {"object": {"id": 7}}, event_ts="1795343405123"), 200),
    "an event's time beyond time": (_event("meeting.deleted", {"object": {"id": 7}}, event_ts=10**30), 200),
    "a removal of nobody": (_event("app_deauthorized", {"user_id": "U", "account_id": "A"}), 200),
    "a removal with numbers": (_event("app_deauthorized", {"user_id": 4417, "account_id": 2**63 - 1}), 200),
    "a removal with a zero byte": (_event("app_deauthorized", {"user_id": "U\x00", "account_id": "A"}), 200),
    "a removal of nobody's": (_event("app_deauthorized", {"account_id": "A"}), 422),
    "a removal in the year one": (
        _event("app_deauthorized", {"user_id": "U", "account_id": "A", "deauthorization_time": "0001-01-01T00:00:00Z"}),
        200,
    ),
    "no body": (b"", 422),
    "an empty object": (b"{}", 422),
    "a list": (b"[" + UNKNOWN + b"]", 422),
    "a text": (b'"text"', 422),
    "null": (b"null", 422),
    "half of it": (UNKNOWN[:-20], 422),
    "not UTF-8": (b'{"event":"\xff\xfe"}', 422),
    "half a surrogate pair": (b'{"event":"app_deauthorized","payload":{"user_id":"\\ud800","account_id":"A"}}', 422),
    "deep nesting": (b'{"event":"x","payload":' + b"[" * 100_000 + b"]" * 100_000 + b"}", 422),
    "deep nesting without an end": (b"[" * 200_000, 422),
    "more than we read": (UNKNOWN[:-1] + b',"x":"' + b"x" * LARGEST + b'"}', 422),
    "more than anybody may send": (b" " * 1_000_001, 413),
    "an event that is a number": (b'{"event":5}', 422),
    "a form instead of JSON": (b"event=meeting.deleted", 422),
}


async def _posted(zoom: ZoomStage, body: bytes, headers: Any) -> int:
    answer = await zoom.stage.harness.http.post(f"/webhooks/{ZOOM}", content=body, headers=headers)
    return answer.status_code


def _counted(row: str, answered: dict[str, list[int]], expected: dict[str, list[int]]) -> None:
    statuses = [status for each in answered.values() for status in each]
    tally(
        "Webhook samples",
        row,
        delivered=len(statuses),
        accepted=statuses.count(200),
        refused=sum(400 <= status < 500 for status in statuses),
        server_errors=sum(status >= 500 for status in statuses),
        untrue=sum(answered[what] != expected[what] for what in expected),
    )
    assert answered == expected


async def test_odd_bodies() -> None:
    """With a signature that fits, with one that does not, and without any."""
    answered = {}
    async with zoom_staged() as zoom:
        now = zoom.now().timestamp()
        for what, (body, _) in GENUINE.items():
            sent = [signed(body, NEW, now), signed(body, "nobody's", now), {"content-type": "application/json"}]
            answered[what] = [await _posted(zoom, body, headers) for headers in sent]
    forged = {what: 413 if status == 413 else 422 for what, (_, status) in GENUINE.items()}
    _counted("odd bodies", answered, {what: [GENUINE[what][1], no, no] for what, no in forged.items()})


NOT_OURS: dict[str, dict[str, Any]] = {
    "a signature in capitals": {"change": str.upper},
    "a signature without its version": {"change": lambda it: it[3:]},
    "a signature of another version": {"change": lambda it: it.replace("v0", "v1")},
    "a signature that is cut off": {"change": lambda it: it[:-1]},
    "a signature twice": {"change": lambda it: f"{it}, {it}"},
    "an empty signature": {"change": lambda _: ""},
    "a signature of strange letters": {"change": lambda _: "v0=\xe9\xff"},
    "a time in milliseconds": {"stamp": lambda now: str(int(now * 1000))},
    "a time as text": {"stamp": lambda _: "soon"},
    "a time with a fraction": {"stamp": lambda now: f"{now:.1f}"},
    "a time as it is written": {"stamp": lambda _: "2027-03-01T12:00:00Z"},
    "a negative time": {"stamp": lambda now: f"-{int(now)}"},
    "an endless time": {"stamp": lambda _: "9" * 4000},
    "no time": {"stamp": lambda _: ""},
    "six minutes old": {"stamp": lambda now: str(int(now) - 360)},
    "a day old": {"stamp": lambda now: str(int(now) - 86400)},
    "six minutes ahead": {"stamp": lambda now: str(int(now) + 360)},
}


async def test_odd_signatures_and_times() -> None:
    """Signed with our own secret, as it stands in the headers."""
    answered = {}
    async with zoom_staged() as zoom:
        now = zoom.now().timestamp()
        for what, odd in NOT_OURS.items():
            stamp = odd.get("stamp", lambda it: str(int(it)))(now)
            given = odd.get("change", lambda it: it)(signature(NEW, stamp, UNKNOWN))
            headers = [("x-zm-request-timestamp", stamp), ("x-zm-signature", given.encode("latin-1"))]
            answered[what] = [await _posted(zoom, UNKNOWN, headers)]
    _counted("odd signatures and times", answered, {what: [422] for what in NOT_OURS})


async def test_odd_headers() -> None:
    """With any content type, and any case of the header names."""
    async with zoom_staged() as zoom:
        sent: dict[str, Any] = dict(signed(UNKNOWN, NEW, zoom.now().timestamp()))
        kinds = ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "ščž/☕"]
        cases = {f"type {kind}": sent | {"content-type": kind.encode()} for kind in kinds}
        cases |= {how.__name__: {how(name): it for name, it in sent.items()} for how in (str.upper, str.title)}
        answered = {what: [await _posted(zoom, UNKNOWN, headers)] for what, headers in cases.items()}
    _counted("odd headers", answered, {what: [200] for what in cases})


async def test_the_way_there_is_straight() -> None:
    """Zoom follows no redirect, and repeats nothing that was answered with one."""
    async with zoom_staged() as zoom:
        headers = signed(UNKNOWN, NEW, zoom.now().timestamp())
        http = zoom.stage.harness.http
        paths = [f"/webhooks/{ZOOM}", f"/webhooks/{ZOOM}/", "/webhooks/pigeons", "/webhooks/", "/webhooks/zoom/more"]
        posted = [(await http.post(path, content=UNKNOWN, headers=headers)).status_code for path in paths]
        asked = [(await http.request(method, paths[0])).status_code for method in ("GET", "PUT", "DELETE", "HEAD")]
    assert posted[:3] == [200, 200, 404]
    assert all(400 <= status < 500 for status in [*posted[2:], *asked]), (posted, asked)
