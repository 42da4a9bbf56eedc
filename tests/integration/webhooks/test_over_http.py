"""Zoom's webhook events at the running service: verified over the raw body, acted on once."""

import hashlib
import hmac
import time
from typing import Any

import httpx
import pytest

from tests.integration.http.forms import consultant
from tests.integration.webhooks.practice import SECRET, browser_of, connect, event, removal, send, status
from tests.real_processes import ANA, CVETA, Service
from tests.walk import wait_until

pytestmark = pytest.mark.usefixtures("worker")


def test_the_address_check_is_answered(calendra: Service) -> None:
    answer = send(calendra, event("endpoint.url_validation", {"plainToken": "abcDEF123"}))
    expected = hmac.new(SECRET.encode(), b"abcDEF123", hashlib.sha256).hexdigest()
    assert answer.status_code == 200
    assert answer.json() == {"plainToken": "abcDEF123", "encryptedToken": expected}


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"secret": "another secret"}, "signature"),
        ({"seconds_old": 3600}, "signature"),
        ({"headers": {"x-zm-signature": "v0="}}, "signature"),
        ({"headers": {"x-zm-signature": "v0=" + "0" * 64}}, "signature"),
        ({"headers": {"x-zm-request-timestamp": "soon"}}, "signature"),
    ],
)
def test_a_forged_or_old_event_is_refused_and_changes_nothing(
    calendra: Service, how: dict[str, Any], field: str
) -> None:
    answer = send(calendra, removal(calendra, ANA, "2099-01-01T00:00:00Z"), **how)
    assert answer.status_code == 422, answer.text
    assert answer.json()["fields"][0]["field"] == field
    assert status(calendra, ANA) == "connected"


def test_a_changed_body_does_not_fit_its_signature(calendra: Service) -> None:
    body = removal(calendra, ANA, "2099-01-01T00:00:00Z")
    stamp = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    headers = {"x-zm-request-timestamp": stamp, "x-zm-signature": f"v0={signature}"}
    answer = httpx.post(f"{calendra.address}/webhooks/zoom", content=body + b" ", headers=headers)
    assert answer.status_code == 422


def test_a_removal_older_than_the_connection_is_ignored(calendra: Service) -> None:
    assert send(calendra, removal(calendra, ANA, "2020-01-01T00:00:00Z")).status_code == 200
    assert status(calendra, ANA) == "connected"


def test_unknown_events_and_unknown_people_are_accepted(calendra: Service) -> None:
    assert send(calendra, event("meeting.started", {"account_id": "A", "object": {"id": "123"}})).status_code == 200
    assert send(calendra, event("something.new", {})).status_code == 200
    unknown = event(
        "app_deauthorized", {"account_id": "A", "user_id": "U", "deauthorization_time": "2099-01-01T00:00:00Z"}
    )
    assert send(calendra, unknown).status_code == 200


@pytest.mark.parametrize("body", [b"", b"{}", b"not json", b'{"event": 5}', b"[" * 50_000])
def test_a_signed_body_that_is_no_event(calendra: Service, body: bytes) -> None:
    assert send(calendra, body).status_code in (400, 422)


def test_a_removal_ends_the_connection_once_and_reconnecting_outlives_its_repetition(calendra: Service) -> None:
    cveta = browser_of(calendra, CVETA)

    connect(calendra, CVETA)
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 1))
    body = removal(calendra, CVETA, moment)
    assert send(calendra, body).status_code == 200
    assert status(calendra, CVETA) == "not_connected"
    time.sleep(2)  # until the moment of that removal has passed
    connect(calendra, CVETA)
    assert send(calendra, body).status_code == 200
    assert status(calendra, CVETA) == "connected"
    history = cveta.api("GET", f"/api/consultants/{consultant(cveta, CVETA)['id']}/history").json()
    assert [line["action"] for line in history][-2:] == ["removed_at_provider", "connected"]


def test_the_sandboxs_own_event_arrives(calendra: Service) -> None:
    connect(calendra, CVETA)
    calendra.zoom.remove_app(CVETA)
    wait_until(lambda: status(calendra, CVETA) == "not_connected", "the event arrives")


def test_a_webhook_of_nobody(calendra: Service) -> None:
    assert httpx.post(f"{calendra.address}/webhooks/pigeons", content=b"{}").status_code == 404


def test_a_removal_without_a_fitting_signature_is_checked_with_zoom_itself(calendra: Service) -> None:
    """Should Zoom ever sign these differently, a true removal still ends the connection, and a false one does not."""
    connect(calendra, CVETA)
    calendra.zoom.configure(deauthorization_url="")
    try:
        calendra.zoom.remove_app(CVETA)
        answer = send(calendra, removal(calendra, CVETA, "2099-01-01T00:00:00Z"), secret="another secret")
        assert answer.status_code == 422
        wait_until(lambda: status(calendra, CVETA) == "not_connected", "Zoom is asked")
    finally:
        calendra.zoom.configure(deauthorization_url=f"http://127.0.0.1:{calendra.servers[0].port}/webhooks/zoom")
