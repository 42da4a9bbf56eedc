"""The data of the help page, signed in or not."""

from adapters.zoom.scopes import SCOPES
from tests.real_processes import Service


def test_the_providers_and_the_facts_are_public(calendra: Service) -> None:
    stranger = calendra.stranger()
    [offered] = stranger.api("GET", "/api/help").json()
    facts = stranger.api("GET", "/api/help/zoom").json()
    addresses = {"removal_address": facts["removal_address"], "meetings_address": "https://zoom.us/meeting"}
    assert offered == {"provider": "zoom", "label": "Zoom", **addresses}
    assert [one["name"] for one in facts["permissions"]] == [scope.name for scope in SCOPES]
    assert [one["uses"] for one in facts["permissions"]] == [list(scope.uses) for scope in SCOPES]
    assert facts["removal_address"].startswith("http")
    durations = (
        "draft_days",
        "authorization_request_minutes",
        "link_days",
        "login_days",
        "login_idle_days",
        "known_browser_days",
        "processed_event_days",
        "idle_refresh_days",
    )
    assert [facts[name] for name in durations] == [60, 10, 14, 14, 7, 180, 7, 30]
    assert (facts["daily_calls"], facts["longest_title"]) == (100, 200)


def test_an_unknown_provider_has_no_help(calendra: Service) -> None:
    assert calendra.stranger().api("GET", "/api/help/nowhere").status_code == 404
