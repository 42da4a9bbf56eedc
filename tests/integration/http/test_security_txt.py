"""The contact for reports of vulnerabilities, as RFC 9116 describes it."""

from datetime import timedelta

import msgspec
import pytest

from tests.in_memory_app import NOON, SETTINGS, in_memory_app

PATH = "/.well-known/security.txt"


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("security@example.com", "mailto:security@example.com"),
        ("https://example.com/support", "https://example.com/support"),
    ],
)
async def test_it_names_the_contact_and_expires(contact: str, shown: str) -> None:
    async with in_memory_app(msgspec.structs.replace(SETTINGS, support_contact=contact)) as running:
        answer = await running.http.get(PATH)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        f"Contact: {shown}",
        f"Expires: {NOON + timedelta(days=180):%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: en, sl",
        f"Canonical: {SETTINGS.public_address}{PATH}",
    ]


async def test_without_a_contact_there_is_none() -> None:
    async with in_memory_app(msgspec.structs.replace(SETTINGS, support_contact="")) as running:
        assert (await running.http.get(PATH)).status_code == 404
