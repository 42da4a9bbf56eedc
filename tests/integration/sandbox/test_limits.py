"""A hundred creates and changes a day for each host, until 00:00 UTC."""

from tests.integration.sandbox.zoom_client import ANA, BORIS, CONFIG, ZoomClient

REFUSAL = (
    "You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted "
    "for this particular user. You may resume these requests at GMT 00:00:00."
)


def test_the_hundred_and_first_is_refused_in_zooms_words(zoom: ZoomClient) -> None:
    token = zoom.connect()["access_token"]
    made = zoom.create(token)
    for _ in range(99):
        assert zoom.api("PATCH", f"/meetings/{made['id']}", token, {"duration": 30}).status_code == 204
    for refused in (
        zoom.api("POST", "/users/me/meetings", token, {}),
        zoom.api("PATCH", f"/meetings/{made['id']}", token, {}),
    ):
        assert (refused.status_code, refused.json()) == (429, {"code": 429, "message": REFUSAL})
        assert refused.headers["x-ratelimit-category"] == "Light"
        assert refused.headers["x-ratelimit-limit"] == "6000"
        assert refused.headers["x-ratelimit-remaining"] == "5893"
        assert "retry-after" not in refused.headers
        assert "x-ratelimit-type" not in refused.headers
    assert zoom.account()["daily_count"] == 100


def test_reading_and_deleting_do_not_count(zoom: ZoomClient) -> None:
    token = zoom.connect()["access_token"]
    made = zoom.create(token)
    zoom.control(f"accounts/{ANA}/daily-count", {"count": 100})
    assert zoom.api("GET", f"/meetings/{made['id']}", token).status_code == 200
    assert zoom.api("DELETE", f"/meetings/{made['id']}", token).status_code == 204


def test_each_host_has_a_count_of_their_own(zoom: ZoomClient) -> None:
    zoom.control(f"accounts/{ANA}/daily-count", {"count": 100})
    assert zoom.create(zoom.connect(BORIS)["access_token"])


def test_the_day_ends_at_midnight_utc(zoom: ZoomClient) -> None:
    zoom.control("clock", {"now": "2031-03-04T23:59:30Z"})
    zoom.control(f"accounts/{ANA}/daily-count", {"count": 100})
    token = zoom.connect()["access_token"]
    assert zoom.api("POST", "/users/me/meetings", token, {}).status_code == 429
    zoom.control("clock", {"advance_seconds": 31})
    assert zoom.api("POST", "/users/me/meetings", token, {}).status_code == 201
    assert zoom.account()["daily_count"] == 1


def test_the_pace_is_limited_when_asked_for(zoom: ZoomClient) -> None:
    token = zoom.connect()["access_token"]
    zoom.control("config", {"per_second_limit": 2}, "PATCH")
    answers = [zoom.api("GET", "/users/me", token) for _ in range(8)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused, "eight calls take less than four seconds"
    assert refused[0].headers["x-ratelimit-type"] == "QPS"
    assert refused[0].json()["message"].startswith("You have reached the maximum per-second rate limit")


def test_ordinary_answers_name_only_the_category(zoom: ZoomClient) -> None:
    token = zoom.connect()["access_token"]
    for path, category in (("/users/me", "Light"), ("/users/me/meetings", "Medium")):
        headers = zoom.api("GET", path, token).headers
        assert {name: value for name, value in headers.items() if "ratelimit" in name} == {
            "x-ratelimit-category": category
        }
    assert CONFIG.daily_limit == 100
