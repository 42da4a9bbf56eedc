"""People see in which browsers they are signed in, end one of them, and learn of new ones."""

from datetime import timedelta
from typing import Any

import httpx

from domain.accounts.login_session import MOST_OF_A_PERSON
from tests.in_memory_app import PASSWORD
from tests.integration.http.conftest import Api
from tests.integration.security.site import ask

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"
TICK = timedelta(seconds=1)


async def _signed_in(api: Api, who: str = "Cene") -> httpx.AsyncClient:
    browser = await api.site.browser()
    await _sign_in(api, browser, who)
    return browser


async def _sign_in(api: Api, browser: httpx.AsyncClient, who: str = "Cene") -> None:
    api.app.clock.move(TICK)
    form = {"email": api.practice.accounts[who].email, "password": PASSWORD}
    (await ask(browser, "POST", "/api/login", json=form, headers={"user-agent": FIREFOX})).raise_for_status()


async def _logins(browser: httpx.AsyncClient) -> list[dict[str, Any]]:
    return list((await ask(browser, "GET", "/api/login/sessions")).raise_for_status().json())


async def _status(browser: httpx.AsyncClient) -> int:
    return (await ask(browser, "GET", "/api/me")).status_code


async def test_each_browser_is_listed_and_one_is_ended(api: Api) -> None:
    here, there = api.practice.browsers["Cene"], await _signed_in(api)
    other, own = await _logins(here)
    assert (other["browser"], other["system"], other["network"]) == ("Firefox", "Windows", "127.0.0.1")
    assert [other["here"], own["here"]] == [False, True]
    assert (await ask(here, "DELETE", f"/api/login/sessions/{other['id']}")).status_code == 204
    assert [await _status(there), await _status(here)] == [401, 200]
    assert (await ask(here, "DELETE", f"/api/login/sessions/{other['id']}")).status_code == 404
    assert await _logins(here) == [own]


async def test_the_longest_unused_ends_when_there_are_too_many(api: Api) -> None:
    before = api.practice.browsers["Cene"]
    first, *_, last = [await _signed_in(api) for _ in range(MOST_OF_A_PERSON)]
    assert len(await _logins(last)) == MOST_OF_A_PERSON
    assert [await _status(one) for one in (before, first, last)] == [401, 200, 200]


async def test_a_new_browser_is_told_elsewhere_until_it_is_acknowledged(api: Api) -> None:
    known, new = api.practice.browsers["Cene"], await _signed_in(api)
    (told,) = [one["id"] for one in await _logins(known) if one["new"]]
    assert [one["new"] for one in await _logins(new)] == [False, False]
    (await ask(new, "POST", "/api/login/sessions/acknowledge")).raise_for_status()
    assert [one["id"] for one in await _logins(known) if one["new"]] == [told], "the new one cannot do it itself"
    (await ask(known, "POST", "/api/login/sessions/acknowledge")).raise_for_status()
    assert not [one for one in await _logins(known) if one["new"]]


async def test_a_new_browser_is_told_to_a_person_who_was_signed_out_meanwhile(api: Api) -> None:
    known = api.practice.browsers["Cene"]
    (await ask(known, "DELETE", "/api/login")).raise_for_status()
    await _signed_in(api)
    await _sign_in(api, known)
    assert [one["here"] for one in await _logins(known) if one["new"]] == [False]


async def test_a_browser_that_comes_again_is_not_new(api: Api) -> None:
    known, again = api.practice.browsers["Cene"], await _signed_in(api)
    await _sign_in(api, again)
    assert not [one for one in await _logins(known) if one["new"]]
