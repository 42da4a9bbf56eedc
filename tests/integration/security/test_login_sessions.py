"""Login sessions cannot be planted, kept or stolen for long."""

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta

import httpx
import msgspec
import psycopg
import pytest

from adapters.in_memory.clock import MovableClock
from adapters.postgres import PostgresDatabase, TokenCipher
from application.accounts.change_password import ChangePassword
from application.accounts.check_password import CheckPassword
from application.accounts.log_in import LogIn, Origin
from application.count_repeated_events import CountRepeatedEvents
from application.secret import Secret
from demo.practice import PASSWORD
from domain.accounts.errors import LoginFailed, NotLoggedIn
from domain.accounts.login_session import IDLE_TIMEOUT, LIFETIME
from domain.errors import StorageUnavailable
from tests.browser import Browser
from tests.contract.storage.practice import new_practice
from tests.database import DatabaseServer, fresh_database
from tests.in_memory_app import NOON, SETTINGS, InMemoryApp, PlainPasswords, in_memory_app
from tests.real_processes import ADMIN, ANA, BORIS, Service, service
from tests.tally import tally

TABLE = "Sign-in"
AT_ONCE = 5.0  # seconds within which other processes and open streams are notified; a heartbeat takes fifteen
NEW = "another password"
_REFUSED = (LoginFailed, StorageUnavailable)


@pytest.fixture(scope="module")
def calendra(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Two processes."""
    with (
        fresh_database(database_server) as address,
        service(address, tmp_path_factory.mktemp("service"), worker_in_web="false") as running,
    ):
        running.serve()
        running.serve()
        yield running


def _is_signed_in(browser: Browser) -> bool:
    return browser.api("GET", "/api/me").status_code == 200


def _with_token_of(running: Service, browser: Browser) -> Browser:
    """A thief's."""
    thief = running.stranger()
    thief.http.cookies.set("calendra_session", browser.http.cookies["calendra_session"])
    return thief


def _end_at_once(browsers: list[Browser]) -> int:
    """How many of them are still signed in after a moment."""
    ends = time.monotonic() + AT_ONCE
    while (left := sum(map(_is_signed_in, browsers))) and time.monotonic() < ends:
        time.sleep(0.02)
    return left


def test_whatever_is_planted_before_signing_in_is_worth_nothing_after_it(calendra: Service) -> None:
    """A session of the attacker's own, a made-up one, a known browser, and the CSRF token."""
    mallory, victim = calendra.browser(BORIS), calendra.stranger()
    planted = dict(mallory.http.cookies)
    for name, value in planted.items():
        victim.http.cookies.set(name, value, domain="localhost.local")
    victim.log_in(ANA, PASSWORD)
    after = dict(victim.http.cookies)
    kept = sum(after[one] == planted[one] for one in planted)
    tally(TABLE, "planted cookies", tries=len(planted), refused=len(planted) - kept, let_in=kept)
    assert set(planted) == {"calendra_session", "calendra_browser", "calendra_csrf"}
    assert [name for name in planted if after[name] == planted[name]] == []
    assert not _is_signed_in(mallory), "the planted session ended when another began in its place"


def test_signing_in_anew_or_out_ends_the_session_before_and_its_streams(calendra: Service) -> None:
    for end in ("anew", "out"):
        browser = calendra.browser(ANA)
        thief = _with_token_of(calendra, browser)
        assert _is_signed_in(thief)
        with httpx.stream("GET", f"{thief.address}/api/events", cookies=thief.http.cookies, timeout=AT_ONCE) as stream:
            lines = stream.iter_lines()
            assert ": connected" in (next(lines) for _ in range(5))
            if end == "anew":
                browser.log_in(ANA, PASSWORD)
            else:
                assert browser.api("DELETE", "/api/login").status_code == 204
            assert not [line for line in lines if line.startswith("data:")], "it ends long before a heartbeat"
        left = _end_at_once([thief])
        tally(TABLE, "a session from before the sign-in", tries=1, refused=1 - left, let_in=left)
        assert left == 0
        assert _is_signed_in(browser) == (end == "anew")


def test_a_failed_sign_in_ends_nothing(calendra: Service) -> None:
    browser = calendra.browser(ANA)
    wrong = browser.api("POST", "/api/login", json={"email": ANA, "password": "wrong"})
    assert (wrong.status_code, _is_signed_in(browser)) == (401, True)


def test_signing_out_elsewhere_ends_all_others_in_every_process_and_their_streams(calendra: Service) -> None:
    here = calendra.browser(ADMIN)
    others = [calendra.browser(ADMIN, server) for server in calendra.servers * 2]
    boris = calendra.browser(BORIS)
    assert all(map(_is_signed_in, others)), "each process remembers some of them now"
    with (
        httpx.stream("GET", f"{others[1].address}/api/events", cookies=others[1].http.cookies, timeout=AT_ONCE) as one,
        httpx.stream("GET", f"{here.address}/api/events", cookies=here.http.cookies, timeout=AT_ONCE) as kept,
    ):
        lines, still = one.iter_lines(), kept.iter_lines()
        assert all(": connected" in (next(stream) for _ in range(5)) for stream in (lines, still))
        answer = here.api("DELETE", "/api/login/others")
        assert answer.json() == {"ended": 4}
        assert not [line for line in lines if line.startswith("data:")], "the stream ends long before a heartbeat"
        left = _end_at_once(others)
    tally(TABLE, "sessions ended elsewhere", tries=4, refused=4 - left, let_in=left)
    assert left == 0
    assert _is_signed_in(here)
    assert _is_signed_in(boris)
    assert here.api("DELETE", "/api/login/others").json() == {"ended": 0}


def test_a_new_password_ends_all_others_and_gives_this_one_a_new_session(calendra: Service) -> None:
    here, other = calendra.browser(BORIS), calendra.browser(BORIS, calendra.servers[1])
    thief = _with_token_of(calendra, here)
    assert all(map(_is_signed_in, (other, thief)))
    before = dict(here.http.cookies)
    changed = here.api("PUT", "/api/me/password", json={"old": PASSWORD, "new": NEW})
    left = _end_at_once([other, thief])
    tally(TABLE, "sessions from before a new password", tries=2, refused=2 - left, let_in=left)
    assert (changed.status_code, left) == (204, 0)
    assert _is_signed_in(here)
    assert [name for name, value in here.http.cookies.items() if before[name] == value] == []
    assert here.api("PUT", "/api/me/password", json={"old": NEW, "new": PASSWORD}).status_code == 204


def test_tokens_are_kept_only_as_hashes(calendra: Service) -> None:
    browser = calendra.browser(ANA)
    with psycopg.connect(calendra.environment["CALENDRA_DATABASE_URL"]) as connection:
        kept = repr([connection.execute(f"TABLE {table}").fetchall() for table in ("login_sessions", "known_browsers")])
    for name in ("calendra_session", "calendra_browser"):
        token = browser.http.cookies[name]
        assert len(token.partition(".")[2]) == 43, "256 bits"
        assert token.partition(".")[2] not in kept
        assert repr(Secret.read(token).hash) in kept  # type: ignore[union-attr]
        assert token not in calendra.log


# --- time, and cookies over https ---------------------------------------------------------------------------------


async def _ana(running: InMemoryApp) -> str:
    _, ana = await running.found("Practice", "Ana")
    await running.log_in(ana)
    return ana.email


async def _status(running: InMemoryApp) -> int:
    return (await running.api("GET", "/api/me")).status_code


@pytest.mark.parametrize("rest", [IDLE_TIMEOUT, LIFETIME])
async def test_a_session_ends_when_it_is_not_used(rest: timedelta) -> None:
    async with in_memory_app() as running:
        await _ana(running)
        running.clock.move(rest)
        assert await _status(running) == 401
        assert (await running.container.clean_up()())["unused_logins"] == (1 if rest > IDLE_TIMEOUT else 0)
        running.clock.move(timedelta(seconds=1))
        await running.container.clean_up()()
        async with running.container.begin()() as work:
            assert await work.login_sessions.remove_made_before(running.clock.now(), most=9) == 0


async def test_a_session_that_is_used_every_day_ends_all_the_same() -> None:
    async with in_memory_app() as running:
        await _ana(running)
        statuses = []
        for _ in range(15):
            running.clock.move(timedelta(days=1) - timedelta(seconds=1))
            statuses.append(await _status(running))
    let_in = statuses[14:].count(200)
    tally(TABLE, "sessions past their end", tries=1, refused=1 - let_in, let_in=let_in)
    assert statuses == [200] * 14 + [401]


async def test_over_https_a_cookie_that_a_neighbour_planted_is_not_read() -> None:
    """A neighbour in the same domain can plant plain names only. What cookies are made of: test_headers.py."""
    settings = msgspec.structs.replace(SETTINGS, public_address="https://calendra.example.com")
    async with in_memory_app(settings) as running:
        _, ana = await running.found("Practice", "Ana")
        await running.http.get("/health/live")
        token = running.http.cookies["__Host-calendra_csrf"]
        asked = {"email": ana.email, "password": "a password for tests"}
        await running.http.post("/api/login", json=asked, headers={"x-csrftoken": token})
        session = running.http.cookies["__Host-calendra_session"]
        running.http.cookies.clear()
        planted = await running.http.get("/api/me", headers={"cookie": f"calendra_session={session}"})
        own = await running.http.get("/api/me", headers={"cookie": f"__Host-calendra_session={session}"})
    counts = {"refused": int(planted.status_code == 401), "let_in": int(planted.is_success)}
    tally(TABLE, "cookies planted by a neighbour", tries=1, **counts)
    assert (planted.status_code, own.status_code) == (401, 200)


async def test_whoever_signs_in_with_the_old_password_during_its_change_is_out(database: str) -> None:
    async with PostgresDatabase(database, TokenCipher([bytes(32)])) as storage:
        await storage.listening()
        practice = await new_practice(storage)
        passwords, clock = PlainPasswords(), MovableClock(NOON)
        check = CheckPassword(storage.begin, passwords, clock, CountRepeatedEvents(storage.begin))
        log_in = LogIn(storage.begin, passwords, check, storage.login_sessions, clock)
        change = ChangePassword(storage.begin, passwords, check, log_in, clock)
        left = tried = 0
        for number in range(25):
            old, new = f"password number {number}", f"password number {number + 1}"
            await change.reset(practice.ana.email, old)
            clock.move(timedelta(hours=1))  # no client has to wait
            early = await log_in(practice.ana.email, old, Origin(f"192.0.{number}.9"))
            entered = await asyncio.gather(
                *(log_in(practice.ana.email, old, Origin(f"192.0.{number}.{place}")) for place in range(3)),
                change.reset(practice.ana.email, new),
                *(log_in(practice.ana.email, old, Origin(f"192.0.{number}.{place}")) for place in range(3, 6)),
                return_exceptions=True,
            )
            if isinstance(entered[3], StorageUnavailable):
                continue  # a machine with too much to do: nothing was changed
            unexpected = [one for one in entered if isinstance(one, Exception) and not isinstance(one, _REFUSED)]
            assert unexpected == []
            tried += sum(hasattr(one, "login") for one in (early, *entered))
            async with storage.begin() as work:
                left += await work.login_sessions.remove_of_account(practice.id, practice.ana.id)
    tally(TABLE, "the old password during its change", tries=tried, refused=tried - left, let_in=left)
    assert left == 0
    assert tried > 0, "nothing of it was changed"


async def test_a_token_of_nobody_is_nobody() -> None:
    async with in_memory_app() as running:
        recognise = running.container.log_in().recognise
        for token in (None, "", "x", "." * 76, "0" * 32 + "." + "a" * 43, "g" * 32 + "." + "a" * 43):
            with pytest.raises(NotLoggedIn):
                await recognise(token)
