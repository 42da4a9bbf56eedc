"""A refusal that names scopes reports the missing permission, with any code and any form of the names."""

from itertools import product
from typing import Any

import pytest
import respx
from httpx import Response

from adapters.zoom.scopes import SCOPES, named_scopes
from domain.errors import ProviderError
from domain.provider import Provider
from domain.provider_errors import AccessRejected, AuthorizationRevoked, NeedsConsultant, TryLater
from tests.integration.zoom.zoom_calls import CALLS, answer

NUMBERS = ((400, 4711), (401, 4711), (401, 4700), (400, 4700), (400, 104), (401, 104), (401, 124), (403, 200), (400, 9))
FORMS = (
    "Invalid access token, does not contain scopes:[{}].",
    "Invalid access token, does not contain scopes: [{}]",
    "Invalid access token, does not contain scopes:{}.",
    "does not contain scopes {}",
    "This call requires the scope(s): '{}'",
    "{} scope is missing",
)
SEPARATORS = (", ", ",", " ", " | ")
NAMES = (("meeting:write:meeting",), ("meeting:write:meeting", "meeting:write:meeting:admin"))
CLASSIC = (("meeting:write",), ("meeting:write", "meeting:write:admin"))


@pytest.mark.parametrize(("status", "code"), NUMBERS)
@pytest.mark.parametrize("operation", ["create", "read", "remove", "find", "current_user"])
async def test_of_any_number(zoom: Provider, router: respx.MockRouter, operation: str, status: int, code: int) -> None:
    message = "Invalid access token, does not contain scopes:[meeting:write]."
    told = await _told(zoom, router, operation, Response(status, json={"code": code, "message": message}))
    assert isinstance(told, NeedsConsultant)
    assert (told.reason, told.scopes) == ("scope_missing", ("meeting:write",))


@pytest.mark.parametrize("form", FORMS)
def test_of_any_form(form: str) -> None:
    for separator, names in product(SEPARATORS, NAMES):
        assert named_scopes(form.format(separator.join(names))) == ("meeting:write:meeting",)
    for separator, names in product(SEPARATORS, CLASSIC):
        assert named_scopes(form.format(separator.join(names))) == ("meeting:write",)


@pytest.mark.parametrize("scope", [one.name for one in SCOPES])
def test_each_of_ours_is_found_among_all_that_would_do(scope: str) -> None:
    sentence = f"Invalid access token, does not contain scopes:[{scope}:admin, {scope}, meeting:master]."
    assert named_scopes(sentence) == (scope,)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Invalid Access Token: The access token is invalid, expired, or missing required scopes.",
        "Invalid scope(s)",
        "Meeting does not exist: 81236549870.",
        "does not contain scopes:[]",
        "No permission for https://zoom.example/scopes",
        "The host said: meeting:write",
    ],
)
def test_a_sentence_without_names_names_none(sentence: str) -> None:
    assert named_scopes(sentence) == ()


@pytest.mark.parametrize("operation", ["exchange", "refresh", "revoke"])
@pytest.mark.parametrize(
    "body",
    [
        {"code": 4711, "message": "does not contain scopes:[meeting:delete:meeting]"},
        {"code": 4700, "message": "does not contain scopes: meeting:delete:meeting"},
        {"reason": "does not contain scopes:[meeting:delete:meeting]", "error": "invalid_grant"},
        {"code": 124, "message": "Invalid access token.", "reason": "does not contain scopes meeting:delete:meeting"},
    ],
)
async def test_of_the_authorization_server(
    zoom: Provider, router: respx.MockRouter, operation: str, body: dict[str, Any]
) -> None:
    told = await _told(zoom, router, operation, Response(400, json=body))
    assert isinstance(told, NeedsConsultant)
    assert told.scopes == ("meeting:delete:meeting",)


@pytest.mark.parametrize(
    ("operation", "scope"),
    [
        ("create", "meeting:write:meeting"),
        ("read", "meeting:read:meeting"),
        ("remove", "meeting:delete:meeting"),
        ("find", "meeting:read:list_meetings"),
        ("current_user", "user:read:user"),
    ],
)
async def test_where_none_is_named_the_one_that_the_call_needs_is(
    zoom: Provider, router: respx.MockRouter, operation: str, scope: str
) -> None:
    told = await _told(zoom, router, operation, Response(400, json={"code": 4711, "message": "The scopes differ."}))
    assert isinstance(told, NeedsConsultant)
    assert told.scopes == (scope,)


@pytest.mark.parametrize(
    ("operation", "status", "body", "expected"),
    [
        ("create", 401, {"code": 4700, "message": "missing required scopes."}, AccessRejected),
        ("refresh", 400, {"reason": "Invalid Token!", "error": "invalid_grant"}, AuthorizationRevoked),
        ("create", 503, {"code": 4711, "message": "does not contain scopes:[meeting:write]"}, TryLater),
        ("create", 429, {"code": 429, "message": "does not contain scopes:[meeting:write]"}, TryLater),
    ],
)
async def test_what_is_about_something_else_stays_so(
    zoom: Provider, router: respx.MockRouter, operation: str, status: int, body: Any, expected: type[ProviderError]
) -> None:
    assert type(await _told(zoom, router, operation, Response(status, json=body))) is expected


async def _told(zoom: Provider, router: respx.MockRouter, operation: str, response: Response) -> ProviderError:
    answer(router, operation, response)
    with pytest.raises(ProviderError) as told:
        await CALLS[operation](zoom)
    return told.value
