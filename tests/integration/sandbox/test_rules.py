"""Every body that Zoom refuses is refused, with the field named."""

from typing import Any

import pytest

from tests.integration.sandbox.zoom_client import ANA, BORIS, CVETA, ZoomClient

BOTH: list[tuple[str, dict[str, Any]]] = [
    ("topic", {"topic": "x" * 201}),
    ("topic", {"topic": 7}),
    ("topic", {"topic": None}),
    ("agenda", {"agenda": "x" * 2001}),
    ("type", {"type": 4}),
    ("type", {"type": "2"}),
    ("duration", {"duration": 0}),
    ("duration", {"duration": 1441}),
    ("duration", {"duration": 50.5}),
    ("duration", {"duration": "60"}),
    ("start_time", {"start_time": "2031-01-01 10:00:00"}),
    ("start_time", {"start_time": "2031-01-01T10:00:00+01:00"}),
    ("start_time", {"start_time": "2031-01-01T10:00:00ZZ"}),
    ("start_time", {"start_time": "2031-01-01T10:00:00.000Z"}),
    ("start_time", {"start_time": "2031-13-01T10:00:00Z"}),
    ("start_time", {"start_time": 1925000000}),
    ("timezone", {"timezone": "Europe/Atlantis"}),
    ("password", {"password": "12345678901"}),
    ("password", {"password": "pass word"}),
    ("idempotency_key", {"idempotency_key": "1"}),
    ("recurrence.type", {"recurrence": {}}),
    ("recurrence.end_times", {"recurrence": {"type": 1, "end_times": 61}}),
    ("tracking_fields.field", {"tracking_fields": [{"value": "x"}]}),
    ("settings", {"settings": "none"}),
    ("settings.auto_transcribing", {"settings": {"auto_transcribing": True}}),
    ("settings.jbh_time", {"settings": {"jbh_time": 7}}),
    ("settings.approval_type", {"settings": {"approval_type": 3}}),
    ("settings.auto_recording", {"settings": {"auto_recording": "yes"}}),
    ("settings.audio", {"settings": {"audio": "phone"}}),
    ("settings.waiting_room", {"settings": {"waiting_room": "true"}}),
    ("settings.meeting_invitees.email", {"settings": {"meeting_invitees": [{}]}}),
    ("settings.meeting_invitees.name", {"settings": {"meeting_invitees": [{"email": "a@example.com", "name": "A"}]}}),
    ("settings.calendar_type", {"settings": {"calendar_type": 3}}),
    ("settings.alternative_hosts", {"settings": {"alternative_hosts": BORIS}}),
    ("settings.continuous_meeting_chat.x", {"settings": {"continuous_meeting_chat": {"x": 1}}}),
]
ONLY_CREATING = [
    ("settings.custom_keys", {"settings": {"custom_keys": []}}),
    ("default_password", {"default_password": "no"}),
]
ONLY_CHANGING = [
    ("password", {"password": "no!bang"}),
    ("default_password", {"default_password": True}),
    ("settings.show_join_info", {"settings": {"show_join_info": True}}),
]
LONGEST: dict[str, Any] = {"topic": "č" * 200, "agenda": "😀" * 2000, "duration": 1440, "timezone": "UTC"}


@pytest.fixture
def token(zoom: ZoomClient) -> str:
    return str(zoom.connect()["access_token"])


def _refused(field: str) -> dict[str, Any]:
    return {"code": 300, "message": "Validation Failed.", "errors": [{"field": field, "message": "Invalid field."}]}


@pytest.mark.parametrize(("field", "body"), [*BOTH, *ONLY_CREATING])
def test_create_refuses(zoom: ZoomClient, token: str, field: str, body: dict[str, Any]) -> None:
    answer = zoom.api("POST", "/users/me/meetings", token, body)
    assert (answer.status_code, answer.json()) == (400, _refused(field))
    assert zoom.account()["meetings"] == 0
    assert zoom.account()["daily_count"] == 0


@pytest.mark.parametrize(("field", "body"), [*BOTH, *ONLY_CHANGING])
def test_change_refuses(zoom: ZoomClient, token: str, field: str, body: dict[str, Any]) -> None:
    made = zoom.create(token, topic="as it was", start_time="2031-01-01T10:00:00Z")
    answer = zoom.api("PATCH", f"/meetings/{made['id']}", token, body)
    assert (answer.status_code, answer.json()) == (400, _refused(field))
    assert zoom.api("GET", f"/meetings/{made['id']}", token).json() == made


def test_the_limits_themselves_are_accepted(zoom: ZoomClient, token: str) -> None:
    made = zoom.create(token, password="aZ9!@#$%^&", **LONGEST)
    assert zoom.api("PATCH", f"/meetings/{made['id']}", token, LONGEST).status_code == 204


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"text"', b"null", b"\xff\xfe", b'{"topic":"\xff"}'])
def test_what_is_no_json_object_is_refused(zoom: ZoomClient, token: str, body: bytes) -> None:
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    answer = zoom.http.post("/v2/users/me/meetings", content=body, headers=headers)
    refusal = {"code": 300, "message": "Request Body should be a valid JSON object."}
    assert (answer.status_code, answer.json()) == (400, refusal)


def test_a_form_is_not_json(zoom: ZoomClient, token: str) -> None:
    headers = {"authorization": f"Bearer {token}"}
    answer = zoom.http.post("/v2/users/me/meetings", data={"topic": "x"}, headers=headers)
    assert answer.status_code == 415


def test_one_schedules_for_oneself_only(zoom: ZoomClient, token: str) -> None:
    refused = zoom.api("POST", "/users/me/meetings", token, {"schedule_for": BORIS}).json()
    assert refused["code"] == 300
    assert "schedule_for" in refused["message"]
    assert zoom.api("POST", "/users/me/meetings", token, {"schedule_for": BORIS, "type": 1}).json()["code"] == 3000
    assert zoom.create(token, schedule_for=ANA)["host_email"] == ANA


def test_registration_is_for_paid_hosts(zoom: ZoomClient, token: str) -> None:
    free = zoom.connect(CVETA)["access_token"]
    asked = {"settings": {"approval_type": 0}}
    refused = zoom.api("POST", "/users/me/meetings", free, asked)
    message = f"Only available for paid account: {zoom.account(CVETA)['account_id']}."
    assert (refused.status_code, refused.json()) == (400, {"code": 200, "message": message})
    assert zoom.api("POST", "/users/me/meetings", token, asked).status_code == 201
    assert zoom.api("POST", "/users/me/meetings", free, {"settings": {"approval_type": 2}}).status_code == 201


@pytest.mark.parametrize("action", ["stop", None])
def test_only_two_actions_exist(zoom: ZoomClient, action: str | None) -> None:
    token = zoom.connect(scopes=["meeting:write"])["access_token"]
    made = zoom.create(token)
    refused = zoom.api("PUT", f"/meetings/{made['id']}/status", token, {"action": action})
    assert refused.json() == _refused("action")
