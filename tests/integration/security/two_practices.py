"""Two practices side by side in memory, made once for many tests: each test finds them as they were made."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, fields
from typing import Any

import httpx

from adapters.in_memory.provider.provider_faults import ProviderFaults
from adapters.in_memory.provider.provider_world import ProviderWorld
from tests.in_memory_app import InMemoryApp
from tests.integration.security.practices import Practice, practice
from tests.integration.security.site import Site, in_memory

_NOT_COPIED = ("name", "clock", "faults")


class Moment:
    """All that is stored, here and at the providers, and the cookies of all browsers."""

    def __init__(self, app: InMemoryApp, *practices: Practice) -> None:
        self._app = app
        self._state, self._now = app.database.state.copy(), app.clock.now()
        self._worlds = {name: _kept(world) for name, world in app.worlds.items()}
        browsers = [browser for one in practices for browser in one.browsers.values()]
        self._cookies = [(browser, httpx.Cookies(browser.cookies)) for browser in browsers]

    def come_back(self) -> None:
        self._app.database.replace(self._state.copy())
        self._app.clock.move_to(self._now)
        for name, kept in self._worlds.items():
            self._app.worlds[name].faults = ProviderFaults()
            for part, value in deepcopy(kept).items():
                setattr(self._app.worlds[name], part, value)
        for browser, cookies in self._cookies:
            browser.cookies = httpx.Cookies(cookies)


def _kept(world: ProviderWorld) -> dict[str, Any]:
    return deepcopy({one.name: getattr(world, one.name) for one in fields(world) if one.name not in _NOT_COPIED})


@dataclass
class TwoPractices:
    site: Site
    app: InMemoryApp
    here: Practice
    there: Practice
    made: Moment


@asynccontextmanager
async def two_practices() -> AsyncIterator[TwoPractices]:
    async with in_memory() as (site, app):
        here, there = await practice(site, 0), await practice(site, 1)
        yield TwoPractices(site, app, here, there, Moment(app, here, there))
