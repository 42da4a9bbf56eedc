"""A process with a low limit of file descriptors refuses streams and connections before it has none left; requests and
the database go on."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from demo.practice import PEOPLE
from tests.browser import Browser
from tests.integration.security.few_descriptors import LIMIT
from tests.real_processes import ADMIN, Service, service

SERVE = ("tests.integration.security.few_descriptors",)
CONNECTIONS = 4  # of the database, in each pool
FOR_CLIENTS = LIMIT - 2 * CONNECTIONS - 1 - 64


@pytest.fixture
def calendra(database: str, tmp_path: Path) -> Iterator[Service]:
    with service(database, tmp_path, database_connections=str(CONNECTIONS)) as running:
        running.serve(module=SERVE)
        yield running


def test_streams_are_refused_and_requests_go_on(calendra: Service) -> None:
    people = [calendra.browser(email) for _, email, _ in PEOPLE for _ in range(2)]
    with ExitStack() as parts:
        answers = [stream_of(parts, people[number % len(people)]) for number in range(FOR_CLIENTS // 2 + 5)]
        assert answers.count(200) == FOR_CLIENTS // 2
        assert answers[-5:] == [503] * 5
        admin = calendra.browser(ADMIN)
        for _ in range(20):
            admin.api("GET", "/api/consultants").raise_for_status()
    assert "an event stream was refused: overloaded" in calendra.log


def test_connections_are_refused_and_those_that_are_open_go_on(calendra: Service) -> None:
    admin = calendra.browser(ADMIN)
    port = calendra.servers[0].port
    with ExitStack() as parts:
        idle = [parts.enter_context(socket.create_connection(("127.0.0.1", port), 10)) for _ in range(LIMIT + 50)]
        refused = [one for one in idle if said_to(one).startswith(b"HTTP/1.1 503 ")]
        assert 50 <= len(refused) <= LIMIT + 50 - FOR_CLIENTS // 2
        for _ in range(20):
            admin.api("GET", "/api/consultants").raise_for_status()
    assert "would run out of file descriptors" in calendra.log
    assert "Too many open files" not in calendra.log
    calendra.browser(ADMIN).api("GET", "/api/me").raise_for_status()


def stream_of(parts: ExitStack, browser: Browser) -> int:
    cookies = httpx.Cookies(browser.http.cookies)
    streaming = httpx.stream("GET", f"{browser.address}/api/events", cookies=cookies, timeout=20)
    return parts.enter_context(streaming).status_code


def said_to(idle: socket.socket) -> bytes:
    idle.settimeout(0.02)
    try:
        return idle.recv(1000)
    except TimeoutError:
        return b""
