"""Delivers webhook events to the app in the background, and retries them when no answer arrives."""

import asyncio
import contextlib
import hashlib
import hmac
import time

import httpx
import msgspec

from demo.sandbox.sandbox import Sandbox
from demo.sandbox.state import Delivery
from demo.sandbox.webhooks import signature

ANSWER_WITHIN = 3.0


class Deliveries:
    """Runs beside the server. Pauses between retries pass on the sandbox's clock, so moving it triggers the next
    retry."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._wake = asyncio.Event()
        self._under_way: dict[str, asyncio.Task[None]] = {}
        sandbox.wake_deliveries = self._wake.set

    async def run(self) -> None:
        timeout = httpx.Timeout(ANSWER_WITHIN)
        async with httpx.AsyncClient(timeout=timeout, follow_redirects=False, trust_env=False) as client:
            while True:
                self._wake.clear()
                for delivery in self._due():
                    self._under_way[delivery.id] = asyncio.create_task(self._carry(client, delivery))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), self._rest())

    def _pending(self) -> list[Delivery]:
        known = self._under_way
        return [d for d in self._sandbox.world.deliveries if d.state == "pending" and d.id not in known]

    def _due(self) -> list[Delivery]:
        return [delivery for delivery in self._pending() if delivery.due <= self._sandbox.now()]

    def _rest(self) -> float | None:
        """Seconds until the next delivery is due."""
        times = [delivery.due for delivery in self._pending()]
        return max(0.0, min(times) - self._sandbox.now()) if times else None

    async def _carry(self, client: httpx.AsyncClient, delivery: Delivery) -> None:
        try:
            status = await self._send(client, delivery)
            delivery.answers = [*delivery.answers, status]
            self._settle(delivery, status)
        finally:
            del self._under_way[delivery.id]
            self._sandbox.dirty = True
            self._sandbox.save_if_changed()
            self._wake.set()

    async def _send(self, client: httpx.AsyncClient, delivery: Delivery) -> int | None:
        """The status, or None without a connection or without an answer in time."""
        sandbox = self._sandbox
        timestamp = delivery.timestamp if delivery.timestamp is not None else int(time.time())
        if sandbox.config.webhook_retry_keeps_timestamp:
            delivery.timestamp = timestamp
        headers = {
            "user-agent": "Zoom Marketplace/1.0a",
            "content-type": "application/json; charset=utf-8",
            "x-zm-request-timestamp": str(timestamp),
            "x-zm-signature": signature(delivery.secret or sandbox.config.webhook_secret, timestamp, delivery.body),
            "x-zm-request-id": delivery.request_id,
            "x-zm-trackingid": delivery.tracking_id,
        }
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                answer = await client.post(delivery.url, content=delivery.body.encode(), headers=headers)
        except (httpx.HTTPError, TimeoutError):
            return None
        if delivery.event == "endpoint.url_validation" and not self._validated(delivery, answer):
            return 422
        return answer.status_code

    def _settle(self, delivery: Delivery, status: int | None) -> None:
        """Retries only after a missing answer or a 5xx. A 3xx or 4xx loses the event."""
        tries = len(delivery.answers)
        delays = self._sandbox.config.webhook_delays
        if status is not None and status < 500:
            delivery.state = "delivered" if status < 300 else "refused"
        elif delivery.event == "endpoint.url_validation" or tries > len(delays):
            delivery.state = "given_up"
        else:
            delivery.due = self._sandbox.now() + delays[tries - 1]

    def _validated(self, delivery: Delivery, answer: httpx.Response) -> bool:
        plain = msgspec.json.decode(delivery.body)["payload"]["plainToken"]
        secret = (delivery.secret or self._sandbox.config.webhook_secret).encode()
        expected = {
            "plainToken": plain,
            "encryptedToken": hmac.new(secret, plain.encode(), hashlib.sha256).hexdigest(),
        }
        try:
            return answer.status_code == 200 and bool(answer.json() == expected)
        except ValueError:
            return False
