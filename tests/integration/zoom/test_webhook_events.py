"""Zoom's webhook events: signatures against values computed elsewhere, the time window, every known form of a body."""

import hmac
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.zoom.webhook_events import LARGEST, ZoomWebhookEvents
from domain.errors import Invalid
from domain.webhook_event import Deauthorized, IgnoredEvent, MeetingChanged, UrlValidation
from tests.integration.zoom.zoom_answers import NOW, SETTINGS

NEW, OLD = SETTINGS.signing_secrets
EVENTS = ZoomWebhookEvents(SETTINGS.client_id, SETTINGS.signing_secrets)
STAMP = "1795343400"  # 2026-11-22T10:30:00Z

# Bodies of our own; the signatures were computed with openssl.
REMOVAL = (
    b'{"event":"app_deauthorized","event_ts":1795343405123,"payload":{"account_id":"acc-Kolibri","user_id":"user-Vidra",'
    b'"client_id":"client-of-the-practice","deauthorization_time":"2026-11-22T10:29:59.120Z","signature":"00ff",'
    b'"user_data_retention":null}}'
)
REMOVAL_SIGNATURE = "v0=45d3b5294a681450eb91d014136986700d01e514fca0c8a982a4148b93c066d7"
QUESTION = b'{"payload":{"plainToken":"mavrica-2718"},"event_ts":1795343400000,"event":"endpoint.url_validation"}'
QUESTION_SIGNATURE = "v0=3c7ce0a4fee7e753aae7cb140254744b06bb013d2295ad683d3f38a6351f6fc5"
DELETION = (
    '{ "event" : "meeting.deleted",  "payload": {"object": {"id": 81236549870, "topic": "Čaj ☕ / “pogovor”"}} }'
).encode()
DELETION_SIGNATURE = "v0=96fac4c40678591284c0bf9e1534330454dc02c429032be188897c3e1202b917"  # with the older secret


def _headers(signature: str, stamp: str = STAMP) -> dict[str, str]:
    return {"x-zm-signature": signature, "x-zm-request-timestamp": stamp, "x-zm-request-id": "6009d653"}


def _signed(body: bytes, secret: str = NEW, stamp: str = STAMP) -> dict[str, str]:
    return _headers("v0=" + hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, sha256).hexdigest(), stamp)


def _removal(**changes: Any) -> bytes:
    event = json.loads(REMOVAL)
    event["payload"] |= changes
    return json.dumps(event).encode()


def _read(body: bytes) -> object:
    return EVENTS.read(_signed(body), body, now=NOW)


def _refused_field(headers: dict[str, str], body: bytes, now: datetime = NOW) -> object:
    with pytest.raises(Invalid) as refused:
        EVENTS.read(headers, body, now=now)
    return refused.value.field


def test_a_removal_with_the_newer_secret() -> None:
    expected = Deauthorized("user-Vidra", "acc-Kolibri", datetime(2026, 11, 22, 10, 29, 59, 120_000, tzinfo=UTC))
    assert EVENTS.read(_headers(REMOVAL_SIGNATURE), REMOVAL, now=NOW) == expected


def test_utf_8_and_odd_spaces_with_the_older_secret() -> None:
    assert EVENTS.read(_headers(DELETION_SIGNATURE), DELETION, now=NOW) == MeetingChanged("81236549870", NOW)


def test_an_address_question() -> None:
    encrypted = "9ab84cda368810b7fb97a441c7a13ef60a541d62ae056d5b38d607764007f2a8"
    answer = {"plainToken": "mavrica-2718", "encryptedToken": encrypted}
    assert EVENTS.read(_headers(QUESTION_SIGNATURE), QUESTION, now=NOW) == UrlValidation(answer)


def test_an_address_question_is_answered_with_the_secret_that_signed_it() -> None:
    answer = EVENTS.read(_signed(QUESTION, OLD), QUESTION, now=NOW)
    assert isinstance(answer, UrlValidation)
    assert answer.answer["encryptedToken"] == hmac.new(OLD.encode(), b"mavrica-2718", sha256).hexdigest()


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "v0=",
        REMOVAL_SIGNATURE[3:],
        REMOVAL_SIGNATURE.upper(),
        REMOVAL_SIGNATURE[:-1],
        REMOVAL_SIGNATURE + "0",
        REMOVAL_SIGNATURE.replace("v0", "v1"),
        QUESTION_SIGNATURE,
        "v0=ščit",
        "v0=\udcff",
    ],
)
def test_a_wrong_signature(signature: str) -> None:
    assert _refused_field(_headers(signature), REMOVAL) == "signature"


def test_an_unknown_secret() -> None:
    assert _refused_field(_signed(REMOVAL, "somebody-elses-secret"), REMOVAL) == "signature"


@pytest.mark.parametrize("secrets", [(), ("",)])
def test_without_a_secret_nothing_is_genuine(secrets: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        ZoomWebhookEvents("client", secrets).read(_signed(REMOVAL, ""), REMOVAL, now=NOW)


def test_the_same_json_written_differently_is_another_body() -> None:
    assert _refused_field(_headers(REMOVAL_SIGNATURE), json.dumps(json.loads(REMOVAL)).encode()) == "signature"


@pytest.mark.parametrize("seconds", [-300, -299, 0, 299, 300])
def test_within_five_minutes(seconds: int) -> None:
    assert isinstance(EVENTS.read(_signed(REMOVAL), REMOVAL, now=NOW + timedelta(seconds=seconds)), Deauthorized)


@pytest.mark.parametrize("seconds", [-301, 301, 3600, -86400])
def test_outside_five_minutes(seconds: int) -> None:
    assert _refused_field(_signed(REMOVAL), REMOVAL, NOW + timedelta(seconds=seconds)) == "signature"


@pytest.mark.parametrize(
    "stamp", ["", "now", "1795343400000", "1795343400.0", "-1795343400", " 1795343400", "٣٤٥", "1" * 5000, "1e9"]
)
def test_a_stamp_that_is_not_seconds(stamp: str) -> None:
    assert _refused_field(_signed(REMOVAL, stamp=stamp), REMOVAL) == "signature"


def test_missing_headers() -> None:
    assert _refused_field({}, REMOVAL) == "signature"


@pytest.mark.parametrize("retention", [None, "true", "false", "", False, 30])
def test_whatever_is_said_about_retention(retention: object) -> None:
    assert isinstance(_read(_removal(user_data_retention=retention)), Deauthorized)


def test_a_removal_that_says_nothing_about_retention() -> None:
    event = json.loads(REMOVAL)
    del event["payload"]["user_data_retention"]
    assert isinstance(_read(json.dumps(event).encode()), Deauthorized)


def test_ids_may_be_numbers() -> None:
    event = _read(_removal(user_id=4417, account_id=90210))
    assert isinstance(event, Deauthorized)
    assert (event.user_id, event.account_id) == ("4417", "90210")


@pytest.mark.parametrize("moment", [None, "", "yesterday", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00+23:00"])
def test_without_a_readable_time_the_events_own_milliseconds_count(moment: str | None) -> None:
    event = _read(_removal(deauthorization_time=moment))
    assert isinstance(event, Deauthorized)
    assert event.at == datetime(2026, 11, 22, 10, 30, 5, 123_000, tzinfo=UTC)


@pytest.mark.parametrize("event_ts", [None, "soon", 10**30, 0])
def test_a_removal_at_no_known_time_is_not_understandable(event_ts: object) -> None:
    event = json.loads(_removal(deauthorization_time=None)) | {"event_ts": event_ts}
    body = json.dumps(event).encode()
    assert _refused_field(_signed(body), body) == "body"


def test_the_removal_of_our_other_app_is_not_ours_to_act_on() -> None:
    assert _read(_removal(client_id="client-of-development")) == IgnoredEvent("app_deauthorized")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"{}",
        b"{",
        b'{"event":5}',
        b'{"event":""}',
        b"\xff",
        b'{"x":' + b"[" * 100_000,
        b'{"event":"app_deauthorized"}',
        b'{"event":"app_deauthorized","payload":null}',
        b'{"event":"app_deauthorized","event_ts":1795343405123,"payload":{"user_id":"u"}}',
        b'{"event":"app_deauthorized","event_ts":1795343405123,"payload":{"user_id":"","account_id":"a"}}',
        b'{"event":"meeting.updated"}',
        b'{"event":"meeting.updated","payload":{"object":{}}}',
        b'{"event":"meeting.deleted","payload":{"object":{"id":""}}}',
        b'{"event":"meeting.deleted","payload":{"object":{"id":1.5}}}',
        b'{"event":"meeting.deleted","payload":{"object":{"id":9223372036854775808}}}',
        b'{"event":"meeting.deleted","payload":{"object":[1]}}',
        b'{"event":"endpoint.url_validation","payload":{}}',
        b'{"event":"endpoint.url_validation","payload":{"plainToken":7}}',
        b'{"event":"endpoint.url_validation","payload":{"plainToken":""}}',
    ],
    ids=lambda body: body[:40].decode("latin-1"),
)
def test_genuine_nonsense(body: bytes) -> None:
    assert _refused_field(_signed(body), body) == "body"


def test_an_oversized_event_is_refused_before_it_is_looked_at() -> None:
    body = b" " * (LARGEST + 1)
    assert _refused_field(_signed(body), body) == "body"
    assert isinstance(_read(REMOVAL + b" " * (LARGEST - len(REMOVAL))), Deauthorized)


@pytest.mark.parametrize(
    "body",
    [
        b'{"event":"meeting.started","payload":{"object":{"id":"81236549870"}}}',
        b'{"event":"meeting.participant_joined","event_ts":"1","payload":{}}',
        b'{"event":"something.new","payload":[1,2],"more":{}}',
        b'{"event":"bare"}',
    ],
)
def test_other_events_are_ignored(body: bytes) -> None:
    assert _read(body) == IgnoredEvent(json.loads(body)["event"])


@pytest.mark.parametrize(
    "event", ["meeting.updated", "meeting.deleted", "meeting.permanently_deleted", "meeting.recovered"]
)
@pytest.mark.parametrize("number", ["81236549870", 81236549870, 2**63 - 1, "9223372036854775808"])
def test_what_may_change_a_meeting(event: str, number: str | int) -> None:
    body = {"event": event, "event_ts": 1795343405123, "payload": {"object": {"id": number}}}
    at = datetime(2026, 11, 22, 10, 30, 5, 123_000, tzinfo=UTC)
    assert _read(json.dumps(body).encode()) == MeetingChanged(str(number), at)


@pytest.mark.parametrize("stamp", [1795343405, "1795343405", 1795343405.0, 1795343405000, "1795343405000"])
def test_an_events_time_in_seconds_or_milliseconds(stamp: object) -> None:
    event = {"event": "meeting.deleted", "event_ts": stamp, "payload": {"object": {"id": 7}}}
    at = datetime(2026, 11, 22, 10, 30, 5, tzinfo=UTC)
    assert _read(json.dumps(event).encode()) == MeetingChanged("7", at)


@pytest.mark.parametrize("stamp", [None, "", "soon", "nan", "inf", 10**30, 0])
def test_an_event_without_a_readable_time_counts_as_of_now(stamp: object) -> None:
    event = {"event": "meeting.deleted", "event_ts": stamp, "payload": {"object": {"id": 7}}}
    assert _read(json.dumps(event).encode()) == MeetingChanged("7", NOW)


def test_identity_depends_on_the_body_alone() -> None:
    """Headers may differ between repetitions, and a client that repeats a signed webhook event could choose them."""
    first = EVENTS.deduplication_key(_signed(REMOVAL) | {"x-zm-trackingid": "one"}, REMOVAL)
    again = EVENTS.deduplication_key(_signed(REMOVAL, stamp="1795344000") | {"x-zm-trackingid": "two"}, REMOVAL)
    other = EVENTS.deduplication_key(_signed(REMOVAL) | {"x-zm-trackingid": "one"}, _removal(user_id="user-Rak"))
    assert first == again != other


@given(st.dictionaries(st.sampled_from(["x-zm-signature", "x-zm-request-timestamp"]), st.text()), st.binary())
def test_whatever_comes_is_refused_or_understood(headers: dict[str, str], body: bytes) -> None:
    with pytest.raises(Invalid):
        EVENTS.read(headers, body, now=NOW)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["event", "payload", "event_ts", "user_id", "plainToken"]), inner)
        ),
    )
)
def test_whatever_is_signed_is_refused_or_understood(event: object) -> None:
    body = json.dumps(event).encode()
    try:
        EVENTS.read(_signed(body), body, now=NOW)
    except Invalid as refused:
        assert refused.field == "body"  # noqa: PT017 - most examples are refused, some are not
