"""The limits of event streams: for a login, an account, the process, and in time."""

import gc
from uuid import uuid4

import pytest

from application.accounts.log_in import LoggedIn, Origin
from domain.errors import Overloaded, TooManyStreams
from entrypoints.event_streams import OF_ACCOUNT, OF_LOGIN, OF_PROCESS, EventStreams
from entrypoints.http.events import messages
from tests.in_memory_app import PASSWORD, in_memory_app

ANA, BOR = uuid4(), uuid4()


def test_a_login_and_an_account_have_limits_of_their_own() -> None:
    streams = EventStreams(10_000)
    logins = [b"%d" % number for number in range(OF_ACCOUNT // OF_LOGIN)]
    opened = [streams.open(ANA, login) for login in logins for _ in range(OF_LOGIN)]
    for login in (logins[0], b"another"):
        with pytest.raises(TooManyStreams):
            streams.open(ANA, login)
    streams.open(BOR, b"hers")
    streams.close(ANA, opened.pop())
    streams.open(ANA, b"another")


@pytest.mark.parametrize(("descriptors", "most"), [(64, 32), (1 << 20, OF_PROCESS)])
def test_a_process_keeps_half_of_its_descriptors_for_requests(descriptors: int, most: int) -> None:
    streams = EventStreams(descriptors)
    opened = [streams.open(uuid4(), b"a login") for _ in range(most)]
    with pytest.raises(Overloaded):
        streams.open(ANA, b"a login")
    del opened[0]  # never read, so it was never closed
    gc.collect()
    streams.open(ANA, b"a login")


async def test_a_refusal_is_a_problem_with_a_time(caplog: pytest.LogCaptureFixture) -> None:
    async with in_memory_app() as running:
        _, ana = await running.found("Linden Practice", "Ana")
        await running.log_in(ana)
        streams = running.container.event_streams()
        kept = [streams.open(ana.id, b"%d" % number) for number in range(OF_ACCOUNT)]
        answer = await running.api("GET", "/api/events")
    assert (answer.status_code, answer.json()["code"], len(kept)) == (429, "too_many_streams", OF_ACCOUNT)
    assert int(answer.headers["retry-after"]) > 0
    assert "an event stream was refused: too_many_streams" in caplog.text


async def test_a_stream_ends_in_time_though_nothing_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entrypoints.http.events._HEARTBEAT", 0.01)
    monkeypatch.setattr("entrypoints.http.events._LONGEST", 0.1)
    async with in_memory_app() as running:
        _, ana = await running.found("Linden Practice", "Ana")
        log_in = running.container.log_in()
        logged_in = await log_in(ana.email, PASSWORD, Origin("192.0.2.1"))
        assert isinstance(logged_in, LoggedIn)
        visitor = await log_in.recognise(logged_in.login.text)
        stream = messages(visitor, logged_in.login.text, log_in, running.container.changes())
        said = [message.comment async for message in stream]
    assert said[0] == "connected"
    assert set(said[1:]) == {"still here"}
