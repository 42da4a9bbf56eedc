"""After kill -9 while a consultant connects or disconnects, the connection exists as a whole or not at all."""

import time
from typing import Any
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest

from adapters.in_memory.provider.fault import Fault
from tests.browser import Browser
from tests.chaos.crash.lives import DISCONNECT
from tests.chaos.crash.mortals import KILLED, Mortal
from tests.chaos.crash.rounds import Rounds, deaths
from tests.chaos.crash.site import Site
from tests.real_processes import CVETA
from tests.running_practice import served
from tests.tally import tally
from tests.walk import PASSWORD, wait_until

_TIME_PASSES = "UPDATE connections SET retry_at = now() WHERE status = 'disconnecting'"

_DELAY_MS = 400

pytestmark = pytest.mark.slow


def test_killed_while_connecting(site: Site) -> None:
    """Pressing Connect again connects, whether or not the first attempt took effect."""
    with site.healthy() as healthy, Browser(healthy.address) as cveta:
        cveta.log_in(CVETA, PASSWORD)
        counted = site.dying.start()
        assert _return(site, cveta, counted.address).status_code == 200
        steps = counted.steps
        counted.stop()
        for death in deaths(steps):
            mortal = site.dying.start(death=death)
            if death.when == "during":
                site.zoom.strike("*", Fault.SLOW, account=CVETA, delay_ms=_DELAY_MS, times=None)
            with pytest.raises(httpx.TransportError):
                _return(site, cveta, mortal.address)
            site.zoom.heal()
            assert mortal.process.wait() == KILLED, death
            assert len(mortal.steps) == death.step + 1, mortal.steps
            if death.when == "during":
                time.sleep(2 * _DELAY_MS / 1000)  # press Connect again only after the first attempt took effect
            assert _return(site, cveta, healthy.address).status_code == 200, death
            _must_be_able_to_book(site, cveta, healthy)
    tally("Killed at each step", "connect", deaths=len(deaths(steps)))
    print(f"connect: {len(deaths(steps))} deaths at {steps}")


def _return(site: Site, person: Browser, address: str) -> httpx.Response:
    """Presses Connect, gives the consent, and returns to the process at this address."""
    redirect = person.api("POST", "/api/connections/zoom", json={}).raise_for_status().json()
    asked = {"authorize_url": redirect["authorize_address"], "account": CVETA, "decision": "approve"}
    back = urlsplit(site.zoom.http.post("/approve", json=asked).raise_for_status().json()["location"])
    return person.come_back(f"{address}{back.path}?{back.query}")


def _must_be_able_to_book(site: Site, cveta: Browser, healthy: Mortal) -> None:
    me = cveta.api("GET", "/api/consultants").json()[0]["id"]
    form = site.form(site.hosts[0], "after a death while connecting", consultant_id=me)
    booked = cveta.api("POST", "/api/bookings", json=form).raise_for_status().json()
    assert booked["meeting"]["status"] == "ready", booked
    assert cveta.api("DELETE", f"/api/bookings/{booked['id']}").status_code == 204


def test_killed_while_disconnecting(site: Site) -> None:
    """In the end the meeting is gone, the authorization is revoked and the tokens are destroyed."""
    rounds = Rounds(site, DISCONNECT)
    rounds.count_steps()
    rounds.die()
    with served(site) as browser:
        rounds.repeat(browser)
        site.wait_until_reconciled()
    with psycopg.connect(site.database) as connection:
        connection.execute(_TIME_PASSES)  # a provider that did not confirm is asked again after a minute
    with served(site) as browser:
        asked = [one for one in rounds.all if one.repeats or not (one.death and _unheard(one.death))]
        wait_until(lambda: not any(_status(browser, one.host.id) == "disconnecting" for one in asked), "all are out")
        for one in asked:
            assert _status(browser, one.host.id) == "not_connected", one.title
            assert not _account(site, one.host.email)["installed"], one.title
            assert site.zoom.meetings(one.host.email) == [], one.title
            shown = browser.api("GET", f"/api/bookings/{one.booking['id']}").json()["meeting"]
            assert (shown["status"], shown["reason"]) == ("waiting", "not_connected"), shown
            assert browser.api("DELETE", f"/api/bookings/{one.booking['id']}").status_code == 204
        site.wait_until_reconciled()
        audited = site.audit(browser)
        tally("Killed at each step", "disconnect", deaths=len(rounds.all) - 1, **audited.losses)
        assert audited.faults == {}
    print(f"disconnect: {len(rounds.all) - 1} deaths at {rounds.steps}; {audited}")


def _unheard(death: Any) -> bool:
    """The process was killed before it stored anything: the consultant is connected as before."""
    return bool((death.step, death.when) == (0, "before"))


def _status(browser: Browser, consultant_id: Any) -> str:
    everybody = browser.api("GET", "/api/consultants").raise_for_status().json()
    (one,) = [one for one in everybody if one["id"] == str(consultant_id)]
    return str(one["connections"][0]["status"])


def _account(site: Site, email: str) -> dict[str, Any]:
    return dict(site.zoom.http.get(f"/accounts/{email}").raise_for_status().json())
