"""The plans of users, and the length limits of their meetings."""

from datetime import timedelta

import pytest
import respx
from httpx import Response

from domain.provider import Provider
from tests.integration.zoom.zoom_answers import ACCESS, API

USER = {"id": "user-7", "account_id": "acc-3", "email": "ana@praksa.example"}


@pytest.mark.parametrize(
    ("kind", "plan", "longest"),
    [
        (1, "basic", timedelta(minutes=40)),
        (2, "licensed", None),
        (4, "unassigned", None),
        (9, "type 9", None),
        (None, "unknown", None),
    ],
)
async def test_only_the_basic_plan_ends_meetings(
    zoom: Provider, router: respx.MockRouter, kind: int | None, plan: str, longest: timedelta | None
) -> None:
    router.get(f"{API}/users/me").mock(return_value=Response(200, json=USER | {"type": kind}))
    account = await zoom.oauth.current_user(ACCESS)
    assert (account.plan, account.longest_meeting) == (plan, longest)
