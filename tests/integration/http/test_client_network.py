"""The client's address comes from X-Forwarded-For as far as trusted proxies wrote it, and no further."""

from typing import Any, cast

import msgspec
import pytest
from litestar import Request
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from entrypoints.http import client_network
from entrypoints.settings import WrongSettings, settings_from
from tests.in_memory_app import SETTINGS

ONE = "10.0.0.1"
TWO = f"{ONE},10.1.0.0/16, 2001:db8:ffff::/48"


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "source"),
    [
        ("", "192.0.2.7", None, "192.0.2.7"),
        ("", "192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("", ONE, "198.51.100.1", ONE),
        (ONE, ONE, "198.51.100.1", "198.51.100.1"),
        (ONE, ONE, None, ONE),
        (ONE, ONE, "203.0.113.1, 198.51.100.1", "198.51.100.1"),
        (ONE, "192.0.2.7", "198.51.100.1", "192.0.2.7"),
        (TWO, ONE, "203.0.113.1, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        (TWO, ONE, "10.1.2.3, 10.1.2.4", "10.1.2.3"),
        (TWO, "2001:db8:ffff::1", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (ONE, f"::ffff:{ONE}", "198.51.100.1", "198.51.100.1"),
        (TWO, "::ffff:10.1.9.9", "198.51.100.1", "198.51.100.1"),
        (ONE, ONE, "198.51.100.1:4711", "198.51.100.1"),
        (ONE, ONE, "[2001:db8::1]:4711", "2001:db8::/64"),
        (ONE, ONE, "203.0.113.1, unknown", "nowhere"),
        (ONE, ONE, "203.0.113.1, ", ONE),
        (ONE, ONE, "203.0.113.1, <script>", "nowhere"),
    ],
)
async def test_where_a_request_comes_from(trusted: str, peer: str, forwarded: str | None, source: str) -> None:
    assert await _source(trusted, peer, [forwarded] if forwarded is not None else []) == source


async def test_several_lines_are_one_list() -> None:
    assert await _source(ONE, ONE, ["203.0.113.1", "198.51.100.1"]) == "198.51.100.1"


async def test_a_socket_without_addresses_is_one_network() -> None:
    assert await _source("", "", []) == await _source("", "/run/calendra.sock", []) == "nowhere"


@pytest.mark.parametrize(("peer", "warnings"), [("192.0.2.7", 1), (ONE, 0)])
async def test_an_ignored_header_is_logged_once(
    peer: str, warnings: int, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_network, "_warned", set())
    for _ in range(2):
        await _source(ONE, peer, ["203.0.113.1, 198.51.100.1"])
    assert caplog.text.count("192.0.2.7, which is not in CALENDRA_TRUSTED_PROXIES") == len(caplog.records) == warnings


async def _source(trusted: str, peer: str, forwarded: list[str]) -> str:
    """Through the server's own middleware, as `calendra serve` configures it."""
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(client_network.source_of(Request(scope)))

    settings = msgspec.structs.replace(SETTINGS, trusted_proxies=trusted)
    server = ProxyHeadersMiddleware(app, client_network.trusted_hosts(settings.proxy_networks))
    scope: Any = {"type": "http", "client": (peer, 4711), "headers": headers}
    await server(scope, cast(Any, None), cast(Any, None))
    return seen[0]


@pytest.mark.parametrize("wrong", ["localhost", "10.0.0.1/8", "10.0.0.0/33", "127.0.0.1;10.0.0.1"])
def test_a_proxy_that_is_no_address_stops_the_start(wrong: str) -> None:
    with pytest.raises(WrongSettings, match="CALENDRA_TRUSTED_PROXIES is wrong"):
        _settings(trusted_proxies=wrong)
    assert len(_settings(trusted_proxies=TWO).proxy_networks) == 3


def _settings(**more: str) -> Any:
    needed = {
        "database_url": "postgresql://nowhere",
        "public_address": "http://localhost:8000",
        "token_keys": "A" * 43 + "=",
        "csrf_secret": "only for tests, but long enough for all",
    }
    return settings_from({f"CALENDRA_{name.upper()}": value for name, value in (needed | more).items()})
