"""Guessing passwords is slow, over all processes and restarts, and locks no person out."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest

from adapters.in_memory.clock import MovableClock
from adapters.in_memory.database import InMemoryDatabase
from adapters.postgres import PostgresDatabase, TokenCipher
from application.accounts.check_password import CheckPassword
from application.count_repeated_events import CountRepeatedEvents
from application.secret import Secret
from demo.practice import PASSWORD
from domain import errors
from domain.accounts.errors import LoginFailed, TooBusy, TooManyAttempts
from domain.accounts.known_browser import KnownBrowser
from domain.accounts.login_throttle import FIRST_WAIT, FROM_NETWORK, FROM_NETWORK_AT_ADDRESS
from tests.contract.storage.practice import Practice, new_practice
from tests.database import DatabaseServer, fresh_database
from tests.in_memory_app import NOON, PlainPasswords, in_memory_app
from tests.integration.postgres.counting import counted
from tests.integration.security.guesser import WRONG, Guesser, log_in, network
from tests.real_processes import ANA, BORIS, CVETA, Service, service
from tests.tally import tally

TABLE = "Sign-in"
NOBODY = "nobody@example.com"


@pytest.fixture(scope="module")
def calendra(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Two processes behind a proxy, and a third one whose settings trust none."""
    with (
        fresh_database(database_server) as address,
        service(
            address, tmp_path_factory.mktemp("service"), trusted_proxies="127.0.0.1,::1", worker_in_web="false"
        ) as running,
    ):
        running.serve()
        running.serve()
        running.serve(trusted_proxies="")
        yield running


@pytest.fixture(autouse=True)
def _untried(request: pytest.FixtureRequest) -> None:
    if "calendra" in request.fixturenames:
        _in_database(request.getfixturevalue("calendra"), "DELETE FROM login_attempts")


def _in_database(running: Service, statement: str) -> None:
    with psycopg.connect(running.environment["CALENDRA_DATABASE_URL"]) as connection:
        connection.execute(statement.encode())


def _half_a_minute_passes(running: Service) -> None:
    """Moves the time for all waiting clients by more than the longest Retry-After."""
    _in_database(running, "UPDATE login_attempts SET forgotten_at = forgotten_at - interval '30 seconds'")


def _attack(running: Service, email: str, networks: int, each: int) -> Guesser:
    """From many networks, at two processes at once."""
    total = Guesser(running.address)

    def run(place: int) -> None:
        with Guesser(running.servers[place].address) as guesser:
            for number in range(place, networks, 2):
                for _ in range(each):
                    guesser.guess(email, network(number))
            total.heard += guesser.heard

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, (0, 1)))
    return total


def test_an_attack_from_many_networks_is_slowed_and_locks_nobody_out(calendra: Service) -> None:
    """Ana knows one browser, and has a new one at home."""
    known, fresh = calendra.stranger(calendra.servers[1]), calendra.stranger()
    assert log_in(known, ANA, "192.0.2.1").status_code == 201
    with _attack(calendra, ANA, networks=16, each=6) as attack:
        pass
    burst = log_in(known, ANA, "192.0.2.1")
    told = log_in(fresh, ANA, "203.0.113.9")
    _half_a_minute_passes(calendra)
    waited = log_in(fresh, ANA, "203.0.113.9")
    row = {"tries": attack.heard.total(), "refused": attack.heard[401] + attack.heard[429]}
    locked_out = (burst.status_code != 201) + (waited.status_code != 201)
    tally(TABLE, "guesses from many networks", **row, let_in=attack.heard[201], locked_out=locked_out)
    assert attack.heard[401] + attack.heard[429] == 96
    assert attack.heard[429] > 40, "most are told to wait"
    assert (burst.status_code, told.status_code, waited.status_code) == (201, 429, 201)
    assert int(told.headers["retry-after"]) <= FIRST_WAIT.total_seconds()


def test_guesses_from_one_network_are_slowed_over_processes_and_a_restart(calendra: Service) -> None:
    with Guesser(calendra.servers[0].address) as here, Guesser(calendra.servers[1].address) as there:
        with _few_looked_at("guesses from one network") as statuses:
            statuses += [one.guess(BORIS, "192.0.2.66").status_code for one in (here, there) * 6]
        _in_database(calendra, "UPDATE login_attempts SET forgotten_at = forgotten_at + interval '1 hour'")
        calendra.servers[1].kill()
        calendra.servers[1].start()
        again = [one.guess(BORIS, "192.0.2.66", PASSWORD).status_code for one in (there, here)]
        assert again == [429, 429], "the right password has to wait as well"
        _in_database(calendra, "UPDATE login_attempts SET forgotten_at = forgotten_at - interval '1 hour 30 seconds'")
        at_last = there.guess(BORIS, "192.0.2.66", PASSWORD).status_code
    tally(TABLE, "guesses from one network", locked_out=int(at_last != 201))
    assert at_last == 201


@contextmanager
def _few_looked_at(row: str) -> Iterator[list[int]]:
    """At one address from one network: five at once, and one for each half minute that this took."""
    statuses: list[int] = []
    began = time.monotonic()
    yield statuses
    most = FROM_NETWORK_AT_ADDRESS.burst + 1 + (time.monotonic() - began) // 30
    refused = statuses.count(401) + statuses.count(429)
    tally(TABLE, row, tries=len(statuses), refused=refused, let_in=len(statuses) - refused)
    assert statuses[:5] == [401] * 5
    assert set(statuses) == {401, 429}
    assert statuses.count(401) <= most


def test_an_address_that_nobody_has_is_answered_the_same(calendra: Service) -> None:
    with Guesser(calendra.address) as guesser:
        known, unknown = ([guesser.guess(email, "192.0.2.70") for _ in range(8)] for email in (CVETA, NOBODY))
    for answers in (known, unknown):
        with _few_looked_at("asking who has an account") as statuses:
            statuses += [one.status_code for one in answers]
    assert known[0].json() == unknown[0].json()
    assert {*known[0].headers} == {*unknown[0].headers}
    refused = [next(one.json() for one in answers if one.status_code == 429) for answers in (known, unknown)]
    assert {one.pop("data")["retry_after"] > 0 for one in refused} == {True}
    assert {one.pop("next").split(" seconds")[1] for one in refused} == {
        ", or use a browser in which you signed in before."
    }
    assert refused[0] == refused[1]


def test_the_problem_says_how_long_to_wait(calendra: Service) -> None:
    with Guesser(calendra.address) as guesser:
        answers = (guesser.guess(NOBODY, "192.0.2.71") for _ in range(20))
        refused = next(one for one in answers if one.status_code == 429)
    problem = refused.json()
    seconds = problem["data"]["retry_after"]
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["retry-after"] == str(seconds)
    assert 0 < seconds <= 30
    assert f"{seconds} seconds" in problem["next"]


def test_a_forged_forwarded_address_makes_nobody_another(calendra: Service) -> None:
    """Without a trusted proxy the header is ignored; with one, the part before the proxy's own entry is ignored."""
    with Guesser(calendra.servers[2].address) as direct, Guesser(calendra.address) as behind:
        with _few_looked_at("forged X-Forwarded-For") as alone:
            alone += [direct.guess(NOBODY, network(number)).status_code for number in range(8)]
        with _few_looked_at("forged X-Forwarded-For") as through:
            through += [behind.guess(NOBODY, f"{network(number)}, 192.0.2.72").status_code for number in range(8)]
    assert calendra.log.count("which is not in CALENDRA_TRUSTED_PROXIES: ignored") == 1


def test_the_old_password_cannot_be_guessed_with_a_stolen_session(calendra: Service) -> None:
    ana, hers = calendra.stranger(), calendra.stranger()
    assert log_in(ana, ANA, "192.0.2.1").status_code == 201
    assert log_in(hers, ANA, "192.0.2.1").status_code == 201
    with _few_looked_at("guessing the old password") as statuses:
        for _ in range(8):
            tried = ana.api("PUT", "/api/me/password", json={"old": WRONG, "new": WRONG * 2})
            statuses.append(tried.status_code)
    right = hers.api("PUT", "/api/me/password", json={"old": PASSWORD, "new": PASSWORD})
    tally(TABLE, "guessing the old password", locked_out=int(right.status_code != 204))
    assert right.status_code == 204, "her own session has its own tries"


def test_many_at_once_are_no_more_than_one_after_the_other(calendra: Service) -> None:
    def guess(number: int) -> int:
        with Guesser(calendra.servers[number % 2].address) as guesser:
            return guesser.guess(NOBODY, "192.0.2.73").status_code

    with ThreadPoolExecutor(12) as pool, _few_looked_at("many guesses at once") as statuses:
        statuses += sorted(pool.map(guess, range(24)))


# --- without a network, so that there can be many -----------------------------------------------------------------


def _checks(storage: InMemoryDatabase | PostgresDatabase) -> tuple[CheckPassword, MovableClock]:
    clock = MovableClock(NOON)
    return CheckPassword(storage.begin, PlainPasswords(), clock, CountRepeatedEvents(storage.begin)), clock


async def test_ten_thousand_failures_hold_nobody_back_who_belongs() -> None:
    storage = InMemoryDatabase()
    practice = await new_practice(storage)
    check, clock = _checks(storage)
    browser = await _knows(storage, practice)
    guesses = [(practice.ana.email, network(number % 5000)) for number in range(10_000)]
    heard = await _guessed(check, "ten thousand guesses at one address", guesses)
    burst = await _code(check, practice.ana.email, PASSWORD, "192.0.2.1", browser)
    told = await _code(check, practice.ana.email, PASSWORD, "203.0.113.9")
    clock.move(FIRST_WAIT)
    waited = await _code(check, practice.ana.email, PASSWORD, "203.0.113.9")
    locked_out = (burst != LET_IN) + (waited != LET_IN)
    tally(TABLE, "ten thousand guesses at one address", locked_out=locked_out)
    assert (burst, told, waited) == (LET_IN, "too_many_attempts", LET_IN)
    assert heard.count("login_failed") == 2 * 20, "the networks that came before anybody noticed came twice"


async def test_asking_from_many_networks_tells_nothing_about_an_address() -> None:
    storage = InMemoryDatabase()
    practice = await new_practice(storage)
    check, _ = _checks(storage)
    places = [network(number % 100) for number in range(400)]
    known = await _guessed(check, "asking who has an account", [(practice.ana.email, one) for one in places])
    unknown = await _guessed(check, "asking who has an account", [(NOBODY, one) for one in places])
    assert known == unknown
    assert set(known) == {"login_failed", "too_many_attempts"}


async def test_the_same_password_tried_at_every_address_is_slow() -> None:
    storage = InMemoryDatabase()
    check, _ = _checks(storage)
    guesses = [(f"person{number}@example.com", "192.0.2.7") for number in range(2_000)]
    heard = await _guessed(check, "one password at every address", guesses)
    assert heard.count("login_failed") == FROM_NETWORK.burst


async def test_a_known_browser_of_somebody_else_is_a_stranger() -> None:
    storage = InMemoryDatabase()
    practice = await new_practice(storage)
    check, _ = _checks(storage)
    browser = await _knows(storage, practice)
    for _ in range(5):
        with pytest.raises(LoginFailed):
            await check.at_login(practice.bor.email, WRONG, "192.0.2.7", browser)
    with pytest.raises(TooManyAttempts):
        await check.at_login(practice.bor.email, WRONG, "192.0.2.7", browser)


async def test_known_and_unknown_addresses_take_the_same_statements(database: str) -> None:
    """With a known browser of one's own at hand, too."""
    async with PostgresDatabase(database, TokenCipher([bytes(32)])) as storage:
        practice = await new_practice(storage)
        check, _ = _checks(storage)
        browser = await _knows(storage, practice)
        taken = []
        for email in (practice.bor.email, NOBODY, practice.bor.email, NOBODY):
            for given in (None, browser):
                with counted() as statements, pytest.raises(LoginFailed):
                    await check.at_login(email, WRONG, "192.0.2.7", given)
                taken.append((given is None, [statement.split("(")[0] for statement in statements]))
    assert taken[:2] == taken[2:4] == taken[4:6] == taken[6:]
    assert len(taken[0][1]) == 3


async def test_who_is_turned_away_by_the_crowd_has_not_tried() -> None:
    storage, passwords = InMemoryDatabase(), PlainPasswords()
    passwords.full = True
    practice = await new_practice(storage)
    await _knows(storage, practice)
    check = CheckPassword(storage.begin, passwords, MovableClock(NOON), CountRepeatedEvents(storage.begin))
    for _ in range(30):
        with pytest.raises(TooBusy):
            await _right(check, practice, "192.0.2.7")
    passwords.full = False
    await _right(check, practice, "192.0.2.7")


async def test_what_was_counted_is_cleaned_up() -> None:
    async with in_memory_app() as running:
        _, maja = await running.found("Practice", "Maja")
        await running.log_in(maja)
        await running.api("POST", "/api/login", json={"email": NOBODY, "password": WRONG})
        running.clock.move(FIRST_WAIT)
        kept = await running.container.clean_up()()
        assert (kept["login_attempts"], kept["known_browsers"], kept["login_sessions"]) == (0, 0, 0)
        running.clock.move(FIRST_WAIT * 4 * 60 * 24 * 181)
        gone = await running.container.clean_up()()
    assert gone["login_attempts"] >= 3
    assert (gone["known_browsers"], gone["login_sessions"]) == (1, 1)


LET_IN = "let in"


async def _code(check: CheckPassword, email: str, password: str, where: str, browser: Secret | None = None) -> str:
    try:
        await check.at_login(email, password, where, browser)
    except errors.CalendraError as refusal:
        return refusal.code
    return LET_IN


async def _guessed(check: CheckPassword, row: str, guesses: list[tuple[str, str]]) -> list[str]:
    heard = [await _code(check, email, WRONG, where) for email, where in guesses]
    let_in = heard.count(LET_IN)
    tally(TABLE, row, tries=len(heard), refused=len(heard) - let_in, let_in=let_in, locked_out=0)
    return heard


async def _knows(storage: InMemoryDatabase | PostgresDatabase, practice: Practice) -> Secret:
    """A browser that knows Ana, whose password is set as well."""
    browser = Secret.fresh(practice.id)
    async with storage.begin() as work:
        await work.people.set_password(practice.ana, await PlainPasswords().hash(PASSWORD))
        await work.known_browsers.save(KnownBrowser(practice.id, browser.hash, practice.ana.id, NOON))
        await work.commit()
    return browser


async def _right(check: CheckPassword, practice: Practice, where: str, browser: Secret | None = None) -> None:
    assert (await check.at_login(practice.ana.email, PASSWORD, where, browser)).account == practice.ana
