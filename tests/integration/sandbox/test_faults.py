"""Faults on demand: whether the call took effect, and what the caller sees."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx
import pytest

from tests.integration.sandbox.zoom_client import ANA, BORIS, ZoomClient


@pytest.fixture
def token(zoom: ZoomClient) -> str:
    return str(zoom.connect()["access_token"])


def _arm(zoom: ZoomClient, operation: str, kind: str, **more: Any) -> Any:
    return zoom.control("faults", {"operation": operation, "kind": kind} | more)


def _create(zoom: ZoomClient, token: str) -> httpx.Response:
    return zoom.api("POST", "/users/me/meetings", token, {"topic": "x"})


@pytest.mark.parametrize(
    ("kind", "seen"), [("reset", httpx.ReadError), ("drop", httpx.RemoteProtocolError), ("hang", httpx.ReadTimeout)]
)
@pytest.mark.parametrize("after", [False, True])
def test_a_lost_answer_before_or_after_the_effect(
    zoom: ZoomClient, token: str, kind: str, seen: type[Exception], after: bool
) -> None:
    _arm(zoom, "create", kind, after=after)
    zoom.http.timeout = httpx.Timeout(0.5)
    with pytest.raises(seen):
        _create(zoom, token)
    assert zoom.account()["meetings"] == int(after)
    assert _create(zoom, token).status_code == 201, "once, then all is well"


def test_a_hang_ends_by_itself_when_a_time_is_given(zoom: ZoomClient, token: str) -> None:
    _arm(zoom, "current_user", "hang", delay_ms=200)
    began = time.monotonic()
    with pytest.raises(httpx.RemoteProtocolError):
        zoom.api("GET", "/users/me", token)
    assert 0.15 < time.monotonic() - began < 3


def test_a_cut_off_body_breaks_in_the_middle(zoom: ZoomClient, token: str) -> None:
    _arm(zoom, "create", "cut_off")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
        _create(zoom, token)
    assert zoom.account()["meetings"] == 1


@pytest.mark.parametrize("kind", ["slow", "drip", "late"])
def test_slow_answers_are_right_in_the_end(zoom: ZoomClient, token: str, kind: str) -> None:
    _arm(zoom, "current_user", kind, delay_ms=300)
    began = time.monotonic()
    assert zoom.api("GET", "/users/me", token).json()["email"] == ANA
    assert time.monotonic() - began > 0.28


@pytest.mark.parametrize("status", [400, 401, 404, 409, 429, 500, 502, 503])
def test_any_status_without_the_effect(zoom: ZoomClient, token: str, status: int) -> None:
    _arm(zoom, "create", "status", status=status)
    answer = _create(zoom, token)
    assert answer.status_code == status
    assert "code" in answer.json()
    assert zoom.account()["meetings"] == 0


def test_a_status_with_the_effect(zoom: ZoomClient, token: str) -> None:
    _arm(zoom, "create", "status", status=502, after=True)
    assert _create(zoom, token).status_code == 502
    assert zoom.account()["meetings"] == 1


@pytest.mark.parametrize("retry_after", ["7", "2031-01-01T00:00:00Z"])
def test_body_and_headers_of_ones_own(zoom: ZoomClient, token: str, retry_after: str) -> None:
    headers = {"Retry-After": retry_after}
    _arm(zoom, "current_user", "status", status=429, headers=headers, body={"code": 4001, "message": "slow"})
    answer = zoom.api("GET", "/users/me", token)
    assert (answer.headers["retry-after"], answer.json()["code"]) == (retry_after, 4001)
    _arm(zoom, "current_user", "status", status=503, body="<html>", headers={"content-type": "text/html"})
    answer = zoom.api("GET", "/users/me", token)
    assert (answer.text, answer.headers["content-type"]) == ("<html>", "text/html")


def test_the_daily_limit_on_demand(zoom: ZoomClient, token: str) -> None:
    _arm(zoom, "create", "daily_limit")
    answer = _create(zoom, token)
    assert (answer.status_code, answer.headers["x-ratelimit-limit"]) == (429, "6000")
    assert "daily rate limit (100)" in answer.json()["message"]


def _not_json(answer: httpx.Response) -> bool:
    with pytest.raises(ValueError, match=r".*"):
        answer.json()
    return True


SPOILED: list[tuple[str, Callable[[httpx.Response], bool]]] = [
    ("html", lambda answer: answer.status_code == 200 and answer.text.startswith("<!doctype html>")),
    ("empty", lambda answer: answer.content == b""),
    ("truncated", _not_json),
    ("missing_join_url", lambda answer: "join_url" not in answer.json() and "id" in answer.json()),
    ("wrong_types", lambda answer: answer.json()["id"] == "not what it was" and answer.json()["join_url"] != ""),
]


@pytest.mark.parametrize(("kind", "recognized"), SPOILED, ids=[kind for kind, _ in SPOILED])
def test_a_spoiled_answer_to_a_call_that_worked(
    zoom: ZoomClient, token: str, kind: str, recognized: Callable[[httpx.Response], bool]
) -> None:
    _arm(zoom, "create", kind)
    assert recognized(_create(zoom, token))
    assert zoom.account()["meetings"] == 1


def test_one_field_alone_can_have_a_wrong_type(zoom: ZoomClient, token: str) -> None:
    right = _create(zoom, token).json()
    _arm(zoom, "read", "wrong_types", field="duration")
    wrong = zoom.api("GET", f"/meetings/{right['id']}", token).json()
    assert wrong.pop("duration") == "not what it was"
    assert wrong["join_url"] == right["join_url"]
    _arm(zoom, "find", "wrong_types", field="meetings.agenda")
    listed = zoom.api("GET", "/users/me/meetings", token).json()
    assert [(type(one["agenda"]), one["id"]) for one in listed["meetings"]] == [(list, right["id"])]


def test_calls_can_pass_before_the_first_that_is_struck(zoom: ZoomClient, token: str) -> None:
    _arm(zoom, "current_user", "status", status=503, skip=2, times=2)
    assert [zoom.api("GET", "/users/me", token).status_code for _ in range(5)] == [200, 200, 503, 503, 200]


def test_a_lost_refresh_has_used_the_token_up(zoom: ZoomClient) -> None:
    first = zoom.connect()["refresh_token"]
    _arm(zoom, "refresh", "reset", after=True)
    with pytest.raises(httpx.ReadError):
        zoom.refresh(first)
    assert zoom.refresh(first).json() == {"reason": "Invalid Token!", "error": "invalid_grant"}
    second = zoom.connect()["refresh_token"]
    _arm(zoom, "refresh", "reset", after=False)
    with pytest.raises(httpx.ReadError):
        zoom.refresh(second)
    assert zoom.refresh(second).status_code == 200


def test_each_operation_is_told_apart(zoom: ZoomClient, token: str) -> None:
    meeting = _create(zoom, token).json()["id"]
    path, refresh = f"/meetings/{meeting}", zoom.connect(BORIS)["refresh_token"]
    calls: dict[str, Callable[[], httpx.Response]] = {
        "exchange": lambda: zoom.exchange("code"),
        "refresh": lambda: zoom.refresh(refresh),
        "revoke": lambda: zoom.http.post("/oauth/revoke", data={"token": token}),
        "current_user": lambda: zoom.api("GET", "/users/me", token),
        "create": lambda: _create(zoom, token),
        "change": lambda: zoom.api("PATCH", path, token, {}),
        "read": lambda: zoom.api("GET", path, token),
        "remove": lambda: zoom.api("DELETE", path, token),
        "find": lambda: zoom.api("GET", "/users/me/meetings", token),
        "status": lambda: zoom.api("PUT", f"{path}/status", token, {"action": "end"}),
    }
    for operation, call in calls.items():
        _arm(zoom, operation, "status", status=418)
        struck = [name for name, other in calls.items() if name == operation and other().status_code == 418]
        assert struck == [operation], operation
        assert call().status_code != 418
        for other in calls.keys() - {operation}:
            _arm(zoom, other, "status", status=418)
        zoom.control("faults", method="DELETE")
    _arm(zoom, "*", "status", status=418, times=2)
    assert [zoom.api("GET", "/users/me", token).status_code for _ in range(3)] == [418, 418, 200]


@pytest.mark.parametrize("by", ["email", "user_id"])
def test_a_fault_for_one_account_spares_the_others(zoom: ZoomClient, by: str) -> None:
    ana, boris = zoom.connect(), zoom.connect(BORIS)
    _arm(zoom, "*", "status", status=503, account=zoom.account(BORIS)[by], times=None)
    assert zoom.api("GET", "/users/me", ana["access_token"]).status_code == 200
    assert zoom.api("GET", "/users/me", boris["access_token"]).status_code == 503
    assert zoom.refresh(ana["refresh_token"]).status_code == 200
    assert zoom.refresh(boris["refresh_token"]).status_code == 503
    assert zoom.exchange(zoom.approve(BORIS)["code"]).status_code == 503


def test_faults_stay_until_cleared_and_are_listed(zoom: ZoomClient, token: str) -> None:
    armed = _arm(zoom, "current_user", "status", status=500, times=None)
    assert {zoom.api("GET", "/users/me", token).status_code for _ in range(4)} == {500}
    [shown] = zoom.control("faults", method="GET")["faults"]
    assert (shown["id"], shown["hits"]) == (armed["id"], 4)
    zoom.control(f"faults/{armed['id']}", method="DELETE")
    assert zoom.api("GET", "/users/me", token).status_code == 200


@pytest.mark.parametrize("body", [{"kind": "reset"}, {"operation": "create", "kind": "sulk"}, {"operation": "x"}])
def test_a_mistaken_fault_is_refused(zoom: ZoomClient, body: dict[str, str]) -> None:
    answer = zoom.http.post("/_sandbox/faults", json=body)
    assert answer.status_code == 400
    assert answer.json()["problem"]


def test_latency_is_added_to_every_call(zoom: ZoomClient, token: str) -> None:
    zoom.control("config", {"latency_ms": 120}, "PATCH")
    began = time.monotonic()
    zoom.api("GET", "/users/me", token)
    assert time.monotonic() - began > 0.11


def test_the_log_tells_who_called_what_and_no_secret(zoom: ZoomClient, token: str) -> None:
    _arm(zoom, "current_user", "reset")
    with pytest.raises(httpx.ReadError):
        zoom.api("GET", "/users/me", token)
    _create(zoom, token)
    answer = zoom.http.get("/_sandbox/requests")
    lost, made = answer.json()["requests"][-2:]
    assert (lost["operation"], lost["account"], lost["status"], lost["fault"]) == ("current_user", ANA, None, "reset")
    assert (made["method"], made["path"], made["account"], made["status"]) == (
        "POST", "/v2/users/me/meetings", ANA, 201,
    )  # fmt: skip
    assert datetime.fromisoformat(made["at"]).tzinfo
    assert token not in answer.text
    only = zoom.http.get("/_sandbox/requests", params={"operation": "create", "account": ANA}).json()["requests"]
    assert [noted["operation"] for noted in only] == ["create"]
    assert zoom.control("counters", method="GET")["counters"]["create"] == 1


@pytest.mark.parametrize(
    ("form", "status", "code", "message"),
    [
        ("granular", 400, 4711, "does not contain scopes:[meeting:write:meeting, meeting:write:meeting:admin]."),
        ("classic", 401, 4700, "does not contain scopes:[meeting:write]."),
        ("older", 400, 104, "does not contain scopes:[meeting:write, meeting:write:admin]."),
        ("bare", 400, 4711, "does not contain scopes: meeting:write:meeting,meeting:write:meeting:admin"),
        ("spaced", 401, 4711, "does not contain scopes meeting:write meeting:write:admin."),
    ],
)
def test_a_missing_scope_in_each_form(
    zoom: ZoomClient, token: str, form: str, status: int, code: int, message: str
) -> None:
    _arm(zoom, "create", "missing_scope", form=form)
    answer = _create(zoom, token)
    assert (answer.status_code, answer.json()) == (
        status,
        {"code": code, "message": f"Invalid access token, {message}"},
    )
    assert zoom.account()["meetings"] == 0
