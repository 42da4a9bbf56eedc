"""Slow clients are cut off in bounded time, and other clients are served meanwhile."""

import threading
import time
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.browser import Browser
from tests.database import DatabaseServer, fresh_database
from tests.integration.security.raw_client import RawClient, raw_client
from tests.real_processes import ANA, Service, service
from tests.tally import tally

PATIENCE = 3.0
ENOUGH = 40.0  # on a busy machine
MANY = 12  # of each kind


@pytest.fixture(scope="module")
def calendra(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with (
        fresh_database(database_server) as address,
        service(address, tmp_path_factory.mktemp("slow"), client_seconds=str(PATIENCE)) as running,
    ):
        running.serve()
        yield running


def slow_head(client: RawClient) -> float:
    return client.drip(client.head("GET", "/health/live", *(f"X-More-{n}: {n}" for n in range(50))), ENOUGH)


def slow_body(client: RawClient) -> float:
    client.send(client.head("POST", "/webhooks/zoom", "Content-Type: application/json", "Content-Length: 900"))
    return client.drip(b" " * 900, ENOUGH)


def slow_chunks(client: RawClient) -> float:
    head = ("Content-Type: application/json", "Transfer-Encoding: chunked")
    client.send(client.head("POST", "/webhooks/zoom", *head))
    return client.drip(b"1\r\n \r\n" * 200, ENOUGH)


def half_open(client: RawClient) -> float:
    return client.silent(ENOUGH)


def half_a_head(client: RawClient) -> float:
    client.send(b"GET /health/live HTTP/1.1\r\nHost: local")
    return client.silent(ENOUGH)


def half_a_body(client: RawClient) -> float:
    client.send(client.head("POST", "/webhooks/zoom", "Content-Type: application/json", "Content-Length: 900") + b"{")
    return client.silent(ENOUGH)


def idle_after_an_answer(client: RawClient) -> float:
    client.send(client.head("GET", "/health/live"))
    return client.silent(ENOUGH)


def second_request_of_a_connection(client: RawClient) -> float:
    client.send(client.head("GET", "/health/live"))
    return slow_head(client)


SLOW: dict[str, Callable[[RawClient], float]] = {
    "a slow head": slow_head,
    "a slow body": slow_body,
    "slow chunks": slow_chunks,
    "nothing at all": half_open,
    "half a head": half_a_head,
    "half a body": half_a_body,
    "nothing more after an answer": idle_after_an_answer,
    "a slow second request": second_request_of_a_connection,
}


def test_a_slow_client_is_cut_off_and_does_not_hold_up_others(calendra: Service) -> None:
    """Many of each kind at once."""
    ended: dict[str, list[float]] = {name: [] for name in SLOW}

    def be_slow(name: str) -> None:
        with raw_client(calendra.address) as client:
            ended[name].append(SLOW[name](client))

    crowd = [threading.Thread(target=be_slow, args=(name,)) for name in list(SLOW) * MANY]
    for one in crowd:
        one.start()
    with httpx.Client(base_url=calendra.address, timeout=ENOUGH) as other:
        served = [other.get("/health/live").status_code for _ in range(20)]
    for one in crowd:
        one.join(2 * ENOUGH)
    stuck = {name: sum(seconds >= ENOUGH for seconds in took) for name, took in ended.items()}
    for name, took in ended.items():
        tally("Slow clients", name, tried=len(took), cut_off=len(took) - stuck[name], stuck=stuck[name])
    assert served == [200] * 20
    assert {name: len(took) for name, took in ended.items()} == dict.fromkeys(SLOW, MANY)
    assert stuck == dict.fromkeys(SLOW, 0)


def test_a_reader_who_never_reads_is_given_up(calendra: Service) -> None:
    """Answers pile up until the connection is full; then it has its time and no more."""
    with raw_client(calendra.address) as client:
        request = client.head("GET", "/schema/openapi.json", "Accept-Encoding: identity")
        began = time.monotonic()
        cut_off = False
        while not cut_off and time.monotonic() - began < ENOUGH:
            try:
                client.send(request)
            except OSError:
                cut_off = True
            time.sleep(0.005)
    tally("Slow clients", "a reader who never reads", tried=1, cut_off=cut_off, stuck=not cut_off)
    assert cut_off


def test_a_stream_of_events_outlives_all_that(calendra: Service) -> None:
    """It is quiet for long, and that is no slowness of its reader."""
    ana: Browser = calendra.browser(ANA)
    with ana.http.stream("GET", f"{ana.address}/api/events", timeout=2 * PATIENCE) as events:
        lines = events.iter_lines()
        assert any(": connected" in next(lines) for _ in range(5))
        with pytest.raises(httpx.ReadTimeout):  # nothing came, the end neither
            list(lines)
