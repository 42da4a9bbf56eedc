"""A demo of its own for each test process, people with browsers, and a practice in a known state."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from entrypoints.http.web_page import DIST
from tests.database import DatabaseServer, fresh_database
from tests.demos import own_demo
from tests.e2e.chromium import HOW_TO_GET_ONE, find_chromium, launch
from tests.e2e.kept_browsers import KeptBrowsers, SignIns
from tests.e2e.new_practice import nothing_yet
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.real_processes import ADMIN, ANA, BORIS, CVETA, Service

PATIENCE = 15_000  # milliseconds: both ends of a test share two cores with another one

expect.set_options(timeout=PATIENCE)

Somebody = Callable[..., Person]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Without one these tests are skipped, but never where a machine runs them for others."""
    found = find_chromium()
    if found is None and os.environ.get("CI"):
        pytest.fail(HOW_TO_GET_ONE, pytrace=False)
    if found is None:
        pytest.skip(HOW_TO_GET_ONE)
    return found


@pytest.fixture(scope="session")
def practice(chromium: str) -> Iterator[Practice]:
    assert (DIST / "index.html").exists(), "The page is not built. Run: make page"
    folder = Path(mkdtemp(prefix="calendra-e2e-"))  # not below pytest's own folder: a socket's path must be short
    with own_demo(folder) as addresses:
        practice = Practice(*addresses)
        yield practice
        practice.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def beginning(chromium: str, database_server: DatabaseServer) -> Iterator[tuple[Service, str]]:
    """A server without a practice, and the address that it printed at its start."""
    with (
        fresh_database(database_server) as address,
        nothing_yet(address, Path(mkdtemp(prefix="calendra-e2e-"))) as begun,
    ):
        yield begun


@pytest.fixture(scope="module")
def new_server(beginning: tuple[Service, str]) -> Service:
    """That server."""
    return beginning[0]


@pytest.fixture(autouse=True)
def known_state(request: pytest.FixtureRequest) -> None:
    """Of the demo; tests with a server of their own do not start it."""
    if "beginning" not in request.fixturenames:
        request.getfixturevalue("practice").tidy()


class Machine:
    """The browsers of this process. While they run, no asynchronous test can run in it."""

    def __init__(self) -> None:
        self._playwright: Playwright | None = None
        self._browsers: KeptBrowsers | None = None

    def browsers(self, chromium: str) -> KeptBrowsers:
        if self._browsers is None:
            self._playwright = sync_playwright().start()
            self._browsers = KeptBrowsers(launch(self._playwright, chromium))
        return self._browsers

    def end(self) -> None:
        if self._playwright is not None:
            self._playwright.stop()
        self._playwright = self._browsers = None


MACHINE = Machine()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> Iterator[None]:
    yield
    if nextitem is None or nextitem.path.parent != Path(__file__).parent:
        MACHINE.end()


@pytest.fixture
def browsers(chromium: str) -> KeptBrowsers:
    return MACHINE.browsers(chromium)


@pytest.fixture
def somebody(browsers: KeptBrowsers, practice: Practice) -> Iterator[Somebody]:
    yield from people(browsers, practice.address, practice.sign_ins)


@pytest.fixture
def newcomer(browsers: KeptBrowsers, new_server: Service) -> Iterator[Somebody]:
    """People at the server without a practice."""
    yield from people(browsers, new_server.address, SignIns())


def people(browsers: KeptBrowsers, address: str, sign_ins: SignIns) -> Iterator[Somebody]:
    """Makes people, each with a browser of their own; in the end none of the browsers may have complained."""
    made: list[Person] = []

    def make(email: str, *, kept: bool = True, **how: Any) -> Person:
        """`kept=False` for tests that leave something in the browser for good."""
        looks = {
            "viewport": {"width": 1440, "height": 900},
            "locale": "en-GB",
            "timezone_id": "Europe/Ljubljana",
            "reduced_motion": "reduce",
            "service_workers": "block",  # its requests would pass by what tests put in their way
        }
        context = browsers.lend(address, {**looks, **how}, kept=kept and "service_workers" not in how)
        context.set_default_timeout(PATIENCE)
        made.append(Person(context, address, email, sign_ins))
        return made[-1]

    yield make
    for person in made:
        person.leave()
        browsers.take_back(person.context, person.address)
    for person in made:
        person.complaints.must_be_none()


@pytest.fixture
def admin(somebody: Somebody) -> Person:
    return somebody(ADMIN)


@pytest.fixture
def ana(somebody: Somebody) -> Person:
    """A consultant who is connected."""
    return somebody(ANA)


@pytest.fixture
def boris(somebody: Somebody) -> Person:
    """A consultant who is not connected yet."""
    return somebody(BORIS)


@pytest.fixture
def cveta(somebody: Somebody) -> Person:
    """Another one."""
    return somebody(CVETA)
