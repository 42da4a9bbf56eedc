"""Every refusal of Zoom's API that is known, and what it means for us."""

from typing import Any

import pytest
import respx
from httpx import Response

from domain.errors import ProviderError
from domain.provider import Provider
from domain.provider_errors import AccessRejected, Gone, Misconfigured, NeedsConsultant, Refused, TryLater
from tests.integration.zoom.zoom_calls import CALLS, answer

SCOPES = "Invalid access token, does not contain scopes:[meeting:write:meeting, meeting:write:meeting:admin]."

ROWS: list[tuple[str, str, int, int, str, type[ProviderError]]] = [
    ("124 invalid", "read", 401, 124, "Invalid access token.", AccessRejected),
    ("124 has expired", "create", 401, 124, "Access token has expired.", AccessRejected),
    ("124 is expired", "current_user", 401, 124, "Access token is expired.", AccessRejected),
    ("124 as 400", "change", 400, 124, "Access token is expired.", AccessRejected),
    ("401 without a known code", "read", 401, 9999, "Who are you?", AccessRejected),
    ("4711 scopes", "create", 400, 4711, SCOPES, NeedsConsultant),
    ("4711 as 401", "create", 401, 4711, SCOPES, NeedsConsultant),
    ("4711 without names", "create", 400, 4711, "The scopes differ.", NeedsConsultant),
    ("4700 classic scopes", "find", 400, 4700, "Invalid access token, does not contain scopes:[meeting:read].",
     NeedsConsultant),
    ("4700 without names", "read", 401, 4700,
     "Invalid Access Token: The access token is invalid, expired, or missing required scopes.", AccessRejected),
    ("4700 empty token", "read", 400, 4700, "Token cannot be empty.", AccessRejected),
    ("4735 owner gone", "read", 400, 4735, "The token owner does not exist.", AccessRejected),
    ("4740 revoked", "read", 401, 4740, "The token was revoked.", AccessRejected),
    ("4741 superseded", "create", 401, 4741, "The last token issued is valid.", AccessRejected),
    ("4702 client", "read", 400, 4702, "Invalid client.", Misconfigured),
    ("4704 client", "read", 400, 4704, "Invalid client.", Misconfigured),
    ("4709 redirect", "read", 400, 4709, "Redirect URI mismatch.", Misconfigured),
    ("4717 app disabled", "create", 400, 4717, "The app has been disabled.", Misconfigured),
    ("4737 app disabled by an admin", "create", 400, 4737, "Disabled by an admin.", Misconfigured),
    ("4738 app disabled by an admin", "create", 400, 4738, "Disabled by an admin.", Misconfigured),
    ("300 validation", "create", 400, 300, "Validation Failed.", Refused),
    ("300 not an object", "create", 400, 300, "Request Body should be a valid JSON object.", Refused),
    ("200 paid accounts", "read", 400, 200, "Only available for paid account: aCCount123456.", Refused),
    ("1001 no such user", "create", 404, 1001, "User does not exist: me.", NeedsConsultant),
    ("1010 other account", "create", 400, 1010, "User does not belong to this account", NeedsConsultant),
    ("1010 as 404", "create", 404, 1010, "User does not belong to this account", NeedsConsultant),
    ("1120 invitation", "current_user", 400, 1120, "A valid invitation to join was not found.", Refused),
    ("3000 webinar at change", "change", 400, 3000, "Cannot access webinar information.", Gone),
    ("3000 webinar at read", "read", 400, 3000, "Cannot access webinar info.", Gone),
    ("3000 may not schedule", "create", 400, 3000, "You cannot schedule a meeting for zYxWvUtSrQpOnM1234.", Refused),
    ("3000 blocked", "change", 400, 3000, "Users in 'a.b@c.example' have been blocked from meetings and webinars.",
     Refused),
    ("3001 at read", "read", 404, 3001, "Meeting does not exist: 81236549870.", Gone),
    ("3001 at change", "change", 404, 3001, "Meeting does not exist: 81236549870.", Gone),
    ("3001 older wording", "read", 404, 3001, "Meeting 81236549870 is not found or has expired.", Gone),
    ("3001 at create is no loss", "create", 404, 3001, "Meeting does not exist: 1.", Refused),
    ("3002 in progress", "remove", 400, 3002, "Sorry, you cannot delete a meeting that is in progress.", TryLater),
    ("3003 other host", "change", 400, 3003, "Not meeting host.", Gone),
    ("3161 may not host", "create", 400, 3161,
     "Your user account is not allowed meeting hosting and scheduling capabilities.", Refused),
    ("3161 at remove", "remove", 400, 3161, "Meeting hosting is not allowed for your user account.", Refused),
    ("2306 others' meetings", "find", 403, 2306, "Not allowed to view meetings scheduled for others.", Refused),
    ("12702 a year ago", "read", 400, 12702, "Cannot access a meeting a year ago.", Refused),
    ("unknown number", "create", 400, 777777, "Something new.", Refused),
    ("500 with a known code is illness", "read", 500, 3001, "Meeting does not exist: 81236549870.", TryLater),
    ("503 with 124 is illness", "read", 503, 124, "Invalid access token.", TryLater),
]  # fmt: skip


@pytest.mark.parametrize(
    ("operation", "status", "code", "message", "expected"), [pytest.param(*row[1:], id=row[0]) for row in ROWS]
)
async def test_refusal(
    zoom: Provider,
    router: respx.MockRouter,
    operation: str,
    status: int,
    code: int,
    message: str,
    expected: type[ProviderError],
) -> None:
    answer(router, operation, Response(status, json={"code": code, "message": message}))
    with pytest.raises(ProviderError) as told:
        await CALLS[operation](zoom)
    assert type(told.value) is expected
    assert told.value.answered.startswith(f"{status} {code} ")
    assert "81236549870" not in told.value.answered + told.value.words


async def _told(zoom: Provider, router: respx.MockRouter, operation: str, response: Response) -> Any:
    answer(router, operation, response)
    with pytest.raises(ProviderError) as told:
        await CALLS[operation](zoom)
    return told.value


async def test_missing_scopes_are_named_in_the_form_we_ask_for(zoom: Provider, router: respx.MockRouter) -> None:
    error = await _told(zoom, router, "create", Response(400, json={"code": 4711, "message": SCOPES}))
    assert (error.reason, error.scopes) == ("scope_missing", ("meeting:write:meeting",))


async def test_classic_scopes_are_named_as_zoom_says_them(zoom: Provider, router: respx.MockRouter) -> None:
    message = "Invalid access token, does not contain scopes:[meeting:read]."
    error = await _told(zoom, router, "read", Response(400, json={"code": 4700, "message": message}))
    assert error.scopes == ("meeting:read",)


async def test_a_missing_host_has_its_own_reason(zoom: Provider, router: respx.MockRouter) -> None:
    error = await _told(
        zoom, router, "create", Response(404, json={"code": 1001, "message": "User does not exist: me"})
    )
    assert error.reason == "host_missing"


async def test_wrong_fields_are_named(zoom: Provider, router: respx.MockRouter) -> None:
    body = {
        "code": 300,
        "message": "Validation Failed.",
        "errors": [{"field": "topic", "message": "Invalid: Ana"}, {"field": "settings.jbh_time"}, {"field": "a b\n"}],
    }
    error = await _told(zoom, router, "create", Response(400, json=body))
    assert error.words == "Validation Failed (topic, settings.jbh_time)"
    assert "Ana" not in error.answered


async def test_odd_errors_beside_a_clear_code_do_not_hide_it(zoom: Provider, router: respx.MockRouter) -> None:
    error = await _told(zoom, router, "create", Response(400, json={"code": "300", "message": "No.", "errors": "?"}))
    assert type(error) is Refused


async def test_the_tracking_id_is_kept(zoom: Provider, router: respx.MockRouter) -> None:
    headers = {"x-zm-trackingid": "v=2.0;clid=us05;rid=WEB_4f2a"}
    response = Response(404, json={"code": 3001, "message": "Meeting does not exist: 81236549870."}, headers=headers)
    error = await _told(zoom, router, "read", response)
    assert error.answered == "404 3001 Meeting does not exist (x-zm-trackingid v=2.0;clid=us05;rid=WEB_4f2a)"


@pytest.mark.parametrize("code", [3001, 3003], ids=["3001 gone", "3003 other host"])
async def test_removing_what_is_gone_says_so(zoom: Provider, router: respx.MockRouter, code: int) -> None:
    route = answer(router, "remove", Response(404 if code == 3001 else 400, json={"code": code, "message": "No."}))
    with pytest.raises(Gone):
        await CALLS["remove"](zoom)
    assert route.call_count == 1


@pytest.mark.parametrize("code", [3018, 3037], ids=["3018 personal room", "3037 audio conference"])
async def test_what_can_never_be_removed_is_let_go(zoom: Provider, router: respx.MockRouter, code: int) -> None:
    answer(router, "remove", Response(400, json={"code": code, "message": "Not allowed to delete."}))
    await CALLS["remove"](zoom)


async def test_a_webinar_is_no_meeting_any_more(zoom: Provider, router: respx.MockRouter) -> None:
    answer(router, "remove", Response(400, json={"code": 3000, "message": "Cannot access webinar information."}))
    with pytest.raises(Gone):
        await CALLS["remove"](zoom)
