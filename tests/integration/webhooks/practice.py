"""The running service of the webhook tests: its connections, the events that Zoom sends, and the verifications."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
import psycopg

from tests.browser import Browser
from tests.integration.http.forms import booked, consultant, online
from tests.integration.webhooks.sending import signed
from tests.real_processes import Service

# The stand-in signs with the older one, as Zoom may do for a while after a rotation.
SECRET, NEWER = "calendra-sandbox-webhook-secret", "a-webhook-secret-after-rotation"
SECRETS = f"{NEWER},{SECRET}"

_AN_HOUR_PASSES = """
    UPDATE bookings SET reconciliation = jsonb_set(reconciliation, '{meeting,verification,verified_at}',
        to_jsonb(to_char((reconciliation #>> '{meeting,verification,verified_at}')::timestamptz AT TIME ZONE 'UTC'
                         - interval '1 hour', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
    WHERE reconciliation #>> '{meeting,verification,verified_at}' IS NOT NULL
"""


_browsers: dict[tuple[str, str], Browser] = {}
_clients: dict[str, httpx.Client] = {}


def browser_of(calendra: Service, email: str) -> Browser:
    """Signed in once; the cookies outlive the processes."""
    key = (calendra.environment["CALENDRA_DATABASE_URL"], email)
    if key not in _browsers:
        _browsers[key] = calendra.browser(email)
    return _browsers[key]


def _client(calendra: Service) -> httpx.Client:
    key = calendra.environment["CALENDRA_DATABASE_URL"]
    if key not in _clients:
        _clients[key] = calendra.parts.enter_context(httpx.Client(timeout=30))
    return _clients[key]


@contextmanager
def working(calendra: Service) -> Iterator[None]:
    """A second process, with a worker."""
    server = calendra.serve(worker_in_web="true")
    try:
        yield
    finally:
        server.stop()
        calendra.servers.remove(server)


def send(
    calendra: Service,
    body: bytes,
    *,
    secret: str = SECRET,
    seconds_old: int = 0,
    headers: dict[str, str] | None = None,
) -> httpx.Response:
    sent = signed(body, secret, time.time() - seconds_old) | (headers or {})
    return _client(calendra).post(f"{calendra.address}/webhooks/zoom", content=body, headers=sent)


def event(event: str, payload: dict[str, Any]) -> bytes:
    return json.dumps({"event": event, "event_ts": int(time.time() * 1000), "payload": payload}).encode()


def person(calendra: Service, email: str) -> dict[str, Any]:
    return dict(calendra.zoom.http.get(f"/accounts/{email}").raise_for_status().json())


def removal(calendra: Service, email: str, at: str) -> bytes:
    known = person(calendra, email)
    return event(
        "app_deauthorized",
        {
            "account_id": known["account_id"],
            "user_id": known["user_id"],
            "client_id": "calendra_sandbox_app",
            "deauthorization_time": at,
            "signature": "ab12",
            "user_data_retention": None,
        },
    )


def status(calendra: Service, email: str) -> str:
    return str(consultant(browser_of(calendra, email), email)["connections"][0]["status"])


def connect(calendra: Service, email: str) -> None:
    if status(calendra, email) != "connected":
        browser = browser_of(calendra, email)
        address = browser.api("POST", "/api/connections/zoom", json={}).raise_for_status().json()["authorize_address"]
        assert browser.consent(address, email).status_code == 200


def silence_zoom(calendra: Service) -> None:
    """Only what a test sends arrives."""
    calendra.zoom.configure(webhook_url="", deauthorization_url="")


def hear_zoom(calendra: Service) -> None:
    webhook_events = f"http://127.0.0.1:{calendra.servers[0].port}/webhooks/zoom"
    defaults = {"webhook_delays": [300, 1200, 3600], "webhook_retry_keeps_timestamp": False}
    calendra.zoom.configure(webhook_url=webhook_events, deauthorization_url=webhook_events, **defaults)


def book(calendra: Service, email: str) -> dict[str, Any]:
    browser = browser_of(calendra, email)
    made = booked(browser, online(browser, email))
    assert made["meeting"]["status"] == "ready", made["meeting"]
    return made


def an_hour_passes(calendra: Service) -> None:
    """Moves the time since the last verification, so that a webhook event leads to another one at once."""
    with psycopg.connect(calendra.environment["CALENDRA_DATABASE_URL"]) as connection:
        connection.execute(_AN_HOUR_PASSES)


def meeting_of(calendra: Service, email: str, session: Mapping[str, Any]) -> dict[str, Any]:
    [held] = [one for one in calendra.zoom.meetings(email) if one["join_url"] == session["meeting"]["join_link"]]
    return held


def shown(calendra: Service, email: str, session: Mapping[str, Any]) -> dict[str, Any]:
    return dict(browser_of(calendra, email).api("GET", f"/api/bookings/{session['id']}").raise_for_status().json())


def looks(calendra: Service, email: str, session: Mapping[str, Any], outcome: str = "") -> int:
    """How often Zoom was asked about the session's meeting because of a webhook event."""
    told = browser_of(calendra, email).api("GET", f"/api/bookings/{session['id']}/history").raise_for_status().json()
    checks = [line for line in told if (line["action"], line["reason"]) == ("verify", "webhook_event")]
    return sum(outcome in ("", line["outcome"]) for line in checks)


def questions(calendra: Service, operation: str) -> int:
    """How often Zoom was asked this so far, held and failed calls included."""
    return len(calendra.zoom.requests(operation=operation))
