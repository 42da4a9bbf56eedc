"""One cell of routes × roles × organizations: a real request, and what came of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from entrypoints.http.web_page import DIST
from tests.integration.security.practices import Practice, unknown
from tests.integration.security.rules import OF_ANOTHER_PRACTICE, Rule
from tests.integration.security.site import Site, ask

_IN_BRACES = re.compile(r"^\{(\w+)\}$")
_IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
ROLES = {"own": "Ana", "colleague": "Bor", "admin": "Admin", "elsewhere": "Ana", "boss_elsewhere": "Admin"}


@dataclass(frozen=True)
class Cell:
    """`who` requests an object of Ana's. `changed`: the request stored something that it must not store. `told`: what
    the answer disclosed."""

    who: str
    expected: int
    status: int
    changed: list[str]
    told: list[str]

    @property
    def refused(self) -> bool:
        return self.expected >= 400

    @property
    def let_in(self) -> bool:
        return bool(self.refused and self.status < 400) or bool(self.changed)

    @property
    def wrong(self) -> bool:
        return self.status != self.expected or self.let_in or bool(self.told)


async def cell(site: Site, here: Practice, there: Practice, route: str, rule: Rule, who: str) -> Cell:
    browser = await browser_of(site, here, there, who)
    before = site.rows()
    answer = await request(browser, route, rule, here.things)
    after = set(site.rows())
    expected = rule.status(who)
    kept = before if expected >= 400 else [] if rule.link else _others_rows(before, here, who)
    changed = [row for row in kept if row not in after]
    if expected >= 400:
        changed += sorted(after - set(before))
    told = _marks_in(answer, here, who, rule, route)
    if expected >= 400 and expected != 401:
        nothing = await request(browser, route, rule, unknown(here.things, here.organization))
        told += [] if _alike(answer, nothing) else [f"{answer.text} is not {nothing.text}"]
    return Cell(who, expected, answer.status_code, changed, told)


async def browser_of(site: Site, here: Practice, there: Practice, who: str) -> httpx.AsyncClient:
    if who == "stranger":
        return await site.browser()
    return (there if who in OF_ANOTHER_PRACTICE else here).browsers[ROLES[who]]


async def request(browser: httpx.AsyncClient, route: str, rule: Rule, things: dict[str, str]) -> httpx.Response:
    method, _, path = route.partition(" ")
    address = path.format(**things, **_outside()) + (f"?{rule.query.format(**things)}" if rule.query else "")
    body = {} if rule.body is None else {"json": filled(rule.body, things)}
    return await ask(browser, method, address, **body)


def _outside() -> dict[str, str]:
    asset = next(file.name for file in sorted((DIST / "assets").iterdir()) if file.suffix == ".js")
    return {"elsewhere": "nowhere/at/all", "name": asset, "path": "nothing"}


def filled(body: Any, things: Mapping[str, str]) -> Any:
    """With Ana's things in the place of their names in braces."""
    if isinstance(body, dict):
        return {name: filled(value, things) for name, value in body.items()}
    if isinstance(body, list):
        return [filled(value, things) for value in body]
    named = _IN_BRACES.match(body) if isinstance(body, str) else None
    return things[named[1]] if named else body


def _others_rows(rows: list[str], here: Practice, who: str) -> list[str]:
    """Rows that a request must not touch even if the person may make it."""
    if who in OF_ANOTHER_PRACTICE:
        return [row for row in rows if here.id in row]
    if who == "colleague":
        return [row for row in rows if here.things["draft_id"] in row or here.things["booking_id"] in row]
    return []


def _marks_in(answer: httpx.Response, here: Practice, who: str, rule: Rule, route: str) -> list[str]:
    if who in ("own", "admin") or rule.status("stranger") < 400:
        return []
    said = answer.text if answer.is_closed and "event-stream" not in answer.headers.get("content-type", "") else ""
    marks = here.anas_marks if who == "colleague" else here.marks | here.anas_marks
    sent = route.format(**here.things, **_outside()) + str(filled(rule.body, here.things))
    return [mark for mark in marks if mark in said and mark not in sent]


def _alike(one: httpx.Response, other: httpx.Response) -> bool:
    def seen(answer: httpx.Response) -> tuple[int, str]:
        return answer.status_code, _IDS.sub("an id", answer.text)

    return seen(one) == seen(other)
