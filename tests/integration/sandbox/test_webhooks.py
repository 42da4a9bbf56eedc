"""Webhook events: the recipients, the signatures, and the retries without an answer."""

import hashlib
import hmac
import json
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.sandbox.listener import Listener, WebhookEvent, listening
from tests.integration.sandbox.zoom_client import ANA, APP, CONFIG, CVETA, ZoomClient


@pytest.fixture
def listener(zoom: ZoomClient) -> Iterator[Listener]:
    with listening() as listener:
        urls = {"webhook_url": f"{listener.address}/events", "deauthorization_url": f"{listener.address}/goodbye"}
        zoom.control("config", urls, "PATCH")
        yield listener
        zoom.control("reset")


def _signed(event: WebhookEvent, secret: str = CONFIG.webhook_secret) -> bool:
    message = f"v0:{event.headers['x-zm-request-timestamp']}:".encode() + event.body
    expected = "v0=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, event.headers["x-zm-signature"])


def _reconciled(zoom: ZoomClient, state: str) -> Any:
    limit = time.monotonic() + 6
    while time.monotonic() < limit:
        last = zoom.control("webhooks", method="GET")["deliveries"][-1]
        if last["state"] == state and last["answers"]:
            return last
        time.sleep(0.02)
    raise AssertionError(f"the last delivery is not {state}: {last}")


def test_a_meetings_life_is_told(zoom: ZoomClient, listener: Listener) -> None:
    token, ana = zoom.connect()["access_token"], zoom.account()
    made = zoom.create(token, topic="Ana · Žiga")
    created = listener.next()
    assert created.path == "/events"
    assert created.json["event"] == "meeting.created"
    payload = created.json["payload"]
    assert (payload["account_id"], payload["operator"], payload["operator_id"], payload["operation"]) == (
        ana["account_id"], ANA, ana["user_id"], "single",
    )  # fmt: skip
    assert payload["object"]["id"] == made["id"]
    assert payload["object"]["join_url"] == made["join_url"]
    zoom.api("PATCH", f"/meetings/{made['id']}", token, {"topic": "New", "settings": {"jbh_time": 5}})
    updated = listener.next().json["payload"]
    assert updated["object"] == {"id": made["id"], "topic": "New", "settings": {"jbh_time": 5}}
    assert updated["old_object"] == {"id": made["id"], "topic": "Ana · Žiga", "settings": {"jbh_time": 0}}
    assert updated["scope"] == "single"
    zoom.api("DELETE", f"/meetings/{made['id']}", token)
    deleted = listener.next().json
    assert (deleted["event"], deleted["payload"]["object"]["id"]) == ("meeting.deleted", made["id"])


def test_the_body_is_signed_as_it_stands(zoom: ZoomClient, listener: Listener) -> None:
    zoom.create(zoom.connect()["access_token"], topic="Žiga ☕")
    event = listener.next()
    assert _signed(event)
    assert not _signed(event, "another")
    assert abs(int(event.headers["x-zm-request-timestamp"]) - time.time()) < 5, "in seconds"
    assert abs(event.json["event_ts"] - time.time() * 1000) < 5000, "in milliseconds"
    assert event.headers["user-agent"] == "Zoom Marketplace/1.0a"
    assert event.headers["content-type"] == "application/json; charset=utf-8"
    assert {"x-zm-request-id", "x-zm-trackingid"} <= set(event.headers)


def test_what_the_host_does_in_zoom_is_told_too(zoom: ZoomClient, listener: Listener) -> None:
    made = zoom.create(zoom.connect()["access_token"])
    listener.next()
    path = f"meetings/{made['id']}"
    zoom.control(path, {"start_time": "2031-01-01T10:00:00Z"}, "PATCH")
    assert listener.next().json["payload"]["object"]["start_time"] == "2031-01-01T10:00:00Z"
    zoom.control(path, {"status": "started"}, "PATCH")
    started = listener.next().json
    assert (started["event"], started["payload"]["object"]["id"]) == ("meeting.started", str(made["id"]))
    zoom.control(path, {"status": "waiting"}, "PATCH")
    assert "end_time" in listener.next().json["payload"]["object"]
    zoom.control(path, method="DELETE")
    assert listener.next().json["event"] == "meeting.deleted"


def test_free_hosts_meetings_are_told_only_when_they_run(zoom: ZoomClient, listener: Listener) -> None:
    token = zoom.connect(CVETA)["access_token"]
    made = zoom.create(token)
    zoom.api("PATCH", f"/meetings/{made['id']}", token, {"topic": "x"})
    zoom.control(f"meetings/{made['id']}", {"status": "started"}, "PATCH")
    assert listener.next().json["event"] == "meeting.started"
    assert listener.silent()


def test_who_has_not_the_app_or_not_the_scope_is_not_told_about(zoom: ZoomClient, listener: Listener) -> None:
    token = zoom.connect(scopes=["meeting:write:meeting"])["access_token"]
    zoom.create(token)
    assert listener.silent()


def test_removing_the_app_is_told_at_its_own_address(zoom: ZoomClient, listener: Listener) -> None:
    zoom.connect()
    ana = zoom.account()
    zoom.control(f"accounts/{ANA}/remove-app")
    event = listener.next()
    assert (event.path, event.json["event"]) == ("/goodbye", "app_deauthorized")
    payload = event.json["payload"]
    assert (payload["user_id"], payload["account_id"]) == (ana["user_id"], ana["account_id"])
    assert payload["client_id"] == CONFIG.client_id
    assert payload["user_data_retention"] is None
    assert payload["deauthorization_time"].endswith("Z")
    assert _signed(event)
    zoom.control(f"accounts/{ANA}/remove-app")
    assert listener.silent(), "it was not there any more"


def test_revoking_tells_it_too_but_not_for_an_unpublished_app(zoom: ZoomClient, listener: Listener) -> None:
    for published in (True, False):
        token = zoom.connect()["access_token"]
        zoom.control("config", {"published": published}, "PATCH")
        zoom.http.post("/oauth/revoke", data={"token": token}, auth=APP)
        assert listener.silent() is not published


def test_5xx_is_tried_three_times_more_with_the_same_ids(zoom: ZoomClient, listener: Listener) -> None:
    listener.answers = [(503, b"")] * 4
    zoom.create(zoom.connect()["access_token"])
    first = listener.next()
    for wait in (301, 1201, 3601):
        assert listener.silent(0.1)
        zoom.control("clock", {"advance_seconds": wait})
        again = listener.next()
        assert (again.body, again.headers["x-zm-request-id"]) == (first.body, first.headers["x-zm-request-id"])
        assert _signed(again)
    assert _reconciled(zoom, "given_up")["answers"] == [503] * 4


def test_no_connection_is_tried_again(zoom: ZoomClient, listener: Listener) -> None:
    zoom.control("config", {"webhook_url": "http://127.0.0.1:9/nobody"}, "PATCH")
    zoom.create(zoom.connect()["access_token"])
    assert _reconciled(zoom, "pending")["answers"] == [None]


@pytest.mark.parametrize("status", [301, 302, 400, 401, 404, 410])
def test_3xx_and_4xx_lose_the_event(zoom: ZoomClient, listener: Listener, status: int) -> None:
    listener.answers = [(status, b"")]
    zoom.create(zoom.connect()["access_token"])
    listener.next()
    assert _reconciled(zoom, "refused")["answers"] == [status]
    zoom.control("clock", {"advance_seconds": 4000})
    assert listener.silent()


def test_the_address_is_validated(zoom: ZoomClient, listener: Listener) -> None:
    zoom.control("webhooks", {"event": "endpoint.url_validation"})
    event = listener.next()
    assert _signed(event)
    assert set(event.json["payload"]) == {"plainToken"}
    assert _reconciled(zoom, "refused")["answers"] == [422], "204 is no proof"


def test_a_right_proof_is_accepted(zoom: ZoomClient, listener: Listener) -> None:
    encrypted = hmac.new(CONFIG.webhook_secret.encode(), b"plain", hashlib.sha256).hexdigest()
    listener.answers = [(200, json.dumps({"plainToken": "plain", "encryptedToken": encrypted}).encode())]
    zoom.control("webhooks", {"event": "endpoint.url_validation", "payload": {"plainToken": "plain"}})
    assert _reconciled(zoom, "delivered")["answers"] == [200]


def test_wrong_old_and_repeated_ones_on_demand(zoom: ZoomClient, listener: Listener) -> None:
    zoom.control("webhooks", {"event": "app_deauthorized", "account": ANA, "wrong_signature": True})
    assert not _signed(listener.next())
    zoom.control("webhooks", {"event": "app_deauthorized", "account": ANA, "seconds_old": 900})
    old = listener.next()
    assert _signed(old)
    assert abs(int(old.headers["x-zm-request-timestamp"]) - (time.time() - 900)) < 5
    zoom.control("webhooks", {"event": "app_deauthorized", "account": ANA, "times": 2})
    one, two = listener.next(), listener.next()
    assert (one.body, one.headers["x-zm-trackingid"]) == (two.body, two.headers["x-zm-trackingid"])
    raw = '{ "event" : "new.thing",\n "payload":{} }'
    zoom.control("webhooks", {"event": "new.thing", "raw_body": raw, "url": f"{listener.address}/other"})
    odd = listener.next()
    assert (odd.path, odd.body.decode(), _signed(odd)) == ("/other", raw, True)


def test_a_slow_listener_holds_up_nobody(zoom: ZoomClient, listener: Listener) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        zoom.control("config", {"webhook_url": url}, "PATCH")
        token = zoom.connect()["access_token"]
        began = time.monotonic()
        zoom.create(token)
        assert time.monotonic() - began < 1
        assert _reconciled(zoom, "pending")["answers"] == [None], "after three seconds"
