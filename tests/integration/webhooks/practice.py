"""The running service of the webhook tests: its connections, the events that Zoom sends, and the verifications."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import httpx
import psycopg

from tests.integration.webhooks.sending import signed
from tests.real_processes import ANA
from tests.running_practice import RunningPractice

# The stand-in signs with the older one, as Zoom may do for a while after a rotation.
SECRET, NEWER = "calendra-sandbox-webhook-secret", "a-webhook-secret-after-rotation"
SECRETS = f"{NEWER},{SECRET}"

_AN_HOUR_PASSES = """
    UPDATE bookings SET reconciliation = jsonb_set(reconciliation, '{meeting,verification,verified_at}',
        to_jsonb(to_char((reconciliation #>> '{meeting,verification,verified_at}')::timestamptz AT TIME ZONE 'UTC'
                         - interval '1 hour', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
    WHERE reconciliation #>> '{meeting,verification,verified_at}' IS NOT NULL
"""


class Practice(RunningPractice):
    """What Zoom would tell of it, and what Calendra looked at because of that."""

    @cached_property
    def _http(self) -> httpx.Client:
        return self.running.parts.enter_context(httpx.Client(timeout=30))

    @contextmanager
    def working(self) -> Iterator[None]:
        """A second process, with a worker."""
        server = self.running.serve(worker_in_web="true")
        try:
            yield
        finally:
            server.stop()
            self.running.servers.remove(server)

    # --- webhook events ----------------------------------------------------------------------------------------

    def send(self, body: bytes, *, secret: str = SECRET) -> httpx.Response:
        headers = signed(body, secret, time.time())
        return self._http.post(f"{self.running.address}/webhooks/zoom", content=body, headers=headers)

    def removal(self, email: str, at: str) -> bytes:
        known = self.zoom.http.get(f"/accounts/{email}").raise_for_status().json()
        payload = {name: known[name] for name in ("account_id", "user_id")}
        more = {"client_id": "calendra_sandbox_app", "signature": "ab12", "user_data_retention": None}
        return event("app_deauthorized", {**payload, "deauthorization_time": at, **more})

    def silence_zoom(self) -> None:
        """Only what a test sends arrives."""
        self.zoom.configure(webhook_url="", deauthorization_url="")

    def hear_zoom(self) -> None:
        webhook_events = f"http://127.0.0.1:{self.running.servers[0].port}/webhooks/zoom"
        defaults = {"webhook_delays": [300, 1200, 3600], "webhook_retry_keeps_timestamp": False}
        self.zoom.configure(webhook_url=webhook_events, deauthorization_url=webhook_events, **defaults)

    # --- what is there -----------------------------------------------------------------------------------------

    def be_connected(self, email: str) -> None:
        if self.status(email) != "connected":
            self.connect(email)

    def an_hour_passes(self) -> None:
        """Since the meetings were last heard of, so that an event about them is news and leads to a look at once."""
        with psycopg.connect(self.database) as connection:
            connection.execute(_AN_HOUR_PASSES)

    def meeting_of(self, session: Mapping[str, Any]) -> dict[str, Any]:
        [held] = [one for one in self.zoom.meetings(ANA) if one["join_url"] == session["meeting"]["join_link"]]
        return held

    def looks(self, session: Mapping[str, Any], outcome: str = "") -> int:
        """How often Zoom was asked about the session's meeting because of a webhook event."""
        verified = [
            line
            for line in self.history(session["id"])
            if (line["action"], line["reason"]) == ("verify", "webhook_event")
        ]
        return sum(line["outcome"].startswith(outcome) for line in verified)

    def questions(self, operation: str) -> int:
        """How often Zoom was asked this so far, held and failed calls included."""
        return len(self.zoom.requests(operation=operation))


def event(event: str, payload: dict[str, Any]) -> bytes:
    return json.dumps({"event": event, "event_ts": int(time.time() * 1000), "payload": payload}).encode()
