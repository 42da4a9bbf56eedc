"""Tokens, links, passcodes and bodies stay out of logs, errors and reprs."""

import logging

import httpx
import pytest
import respx
from httpx import Response

from domain.errors import ProviderError
from domain.provider import Provider
from tests.integration.zoom.zoom_answers import (
    ACCESS,
    LINK,
    MEETING_ID,
    RENEWAL,
    SETTINGS,
    TOKEN,
    TOKEN_SET,
    listed,
    meeting,
    tokens,
)
from tests.integration.zoom.zoom_calls import ADDRESSES, CALLS, answer

SECRETS = (
    TOKEN,
    RENEWAL,
    "secret-of-the-practice-5521",
    "webhook-secret",
    "Y2xpZW50LW9mLXRoZS1wcmFjdGljZTp",  # the beginning of the Basic pair
    "code-mavrica-3318",
    "verifier-of-the-attempt-7745",
    LINK,
    "Qk9sYWNoVXJzdA",
    "start-secret-4411",
    "gEsL0!",
    "ana@praksa.example",
)
USER = {"id": "user-7", "account_id": "acc-3", "email": "ana@praksa.example", "type": 1}
GOOD = {
    "exchange": Response(200, json=tokens()),
    "refresh": Response(200, json=tokens()),
    "revoke": Response(200, json={"status": "success"}),
    "current_user": Response(200, json=USER),
    "create": Response(201, json=meeting()),
    "change": Response(204),
    "read": Response(200, json=meeting()),
    "remove": Response(204),
    "find": Response(200, json={"meetings": [listed(join_url=LINK)]}),
}
ECHO = {
    "code": 300,
    "error": "invalid_request",
    "message": f"Bad {TOKEN} {RENEWAL} {LINK} code-mavrica-3318 verifier-of-the-attempt-7745 ana@praksa.example",
    "errors": [{"field": "topic", "message": LINK}],
    "join_url": LINK,
    "password": "gEsL0!",
}


@pytest.mark.parametrize("operation", list(CALLS))
async def test_nothing_secret_is_logged_when_all_goes_well(
    zoom: Provider, router: respx.MockRouter, caplog: pytest.LogCaptureFixture, operation: str
) -> None:
    for name, response in GOOD.items():
        answer(router, name, response)
    with caplog.at_level(logging.DEBUG):
        await CALLS[operation](zoom)
    assert f"zoom {operation} status=20" in caplog.text
    _must_be_clean(caplog.text)


@pytest.mark.parametrize("operation", list(CALLS))
@pytest.mark.parametrize("status", [200, 400, 401, 429, 500])
async def test_nothing_secret_is_logged_or_told_when_zoom_echoes_it(
    zoom: Provider, router: respx.MockRouter, caplog: pytest.LogCaptureFixture, operation: str, status: int
) -> None:
    answer(router, operation, Response(status, json=ECHO, headers={"x-zm-trackingid": f"x {TOKEN}"}))
    answer(router, "read", Response(404, json=ECHO))
    with caplog.at_level(logging.DEBUG), pytest.raises(ProviderError) as told:
        await CALLS[operation](zoom)
    error = told.value
    _must_be_clean(caplog.text)
    _must_be_clean(" ".join((str(error), repr(error), error.words, error.answered, error.next)))


async def test_a_call_is_logged_with_all_that_support_needs(
    zoom: Provider, router: respx.MockRouter, caplog: pytest.LogCaptureFixture
) -> None:
    body = {"code": 300, "message": "Validation Failed.", "errors": [{"field": "topic", "message": "Invalid field."}]}
    answer(router, "create", Response(400, json=body, headers={"x-zm-trackingid": "v=2.0;rid=WEB_1"}))
    with caplog.at_level(logging.INFO, "calendra.zoom"), pytest.raises(ProviderError):
        await CALLS["create"](zoom)
    line = next(record for record in caplog.records if record.name == "calendra.zoom").getMessage()
    assert line.startswith("zoom create status=400 code=300 fields=topic tracking=v=2.0;rid=WEB_1 ")
    assert line.endswith(" ms")


async def test_a_call_without_answer_is_logged(
    zoom: Provider, router: respx.MockRouter, caplog: pytest.LogCaptureFixture
) -> None:
    answer(router, "create", httpx.ReadTimeout(f"no answer for {TOKEN}"))
    with caplog.at_level(logging.INFO, "calendra.zoom"), pytest.raises(ProviderError):
        await CALLS["create"](zoom)
    assert "zoom create no answer: ReadTimeout" in caplog.text
    _must_be_clean(caplog.text)


def test_reprs_show_no_secret() -> None:
    _must_be_clean(f"{SETTINGS!r} {ACCESS!r} {TOKEN_SET!r}")


def test_the_table_of_operations_is_whole() -> None:
    assert GOOD.keys() == CALLS.keys() == ADDRESSES.keys()


def _must_be_clean(text: str) -> None:
    assert [secret for secret in SECRETS if secret in text] == []
    assert f"/j/{MEETING_ID}" not in text
