"""People with an authenticator app, and what they do at the sign-in."""

from typing import Any

import httpx

from tests.authenticator import Authenticator
from tests.in_memory_app import PASSWORD
from tests.integration.http.conftest import Api
from tests.integration.security.site import ask

OWN = "/api/me/second-factor"


async def with_app(api: Api, who: str = "Ana") -> tuple[Authenticator, list[str]]:
    """Sets up the app in the person's browser. Returns it with the recovery codes."""
    made = (await api.ask(who, "POST", f"{OWN}/app")).raise_for_status().json()
    app = Authenticator(made["secret"], api.app.clock)
    answer = await api.ask(who, "POST", f"{OWN}/app/confirmation", json={"code": app.code()})
    return app, answer.raise_for_status().json()["recovery_codes"]


async def first_step(
    api: Api, browser: httpx.AsyncClient, who: str = "Ana", password: str = PASSWORD
) -> httpx.Response:
    credentials = {"email": api.practice.accounts[who].email, "password": password}
    return await ask(browser, "POST", "/api/login", json=credentials)


async def token(api: Api, browser: httpx.AsyncClient, who: str = "Ana") -> str:
    answer = await first_step(api, browser, who)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["token"])


async def second_step(browser: httpx.AsyncClient, token: str, code: str) -> httpx.Response:
    return await ask(browser, "POST", "/api/login/second-step", json={"token": token, "code": code})


async def signed_in(api: Api, app: Authenticator, who: str = "Ana") -> httpx.AsyncClient:
    browser = await api.site.browser()
    (await second_step(browser, await token(api, browser, who), app.next())).raise_for_status()
    return browser


async def events(api: Api, **query: str) -> list[dict[str, Any]]:
    return list((await api.told("Admin", "/api/security-log", params=query))["items"])
