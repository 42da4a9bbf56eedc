"""An upgrade without a pause: the release before goes on serving on the newest tables, beside this one."""

from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from tests.audit import audit, every_session, reconciled
from tests.browser import Browser
from tests.integration.data.conftest import Filled
from tests.integration.data.practice import Filling
from tests.integration.data.previous_release import Before, previous_release
from tests.real_processes import ADMIN, ANA, BORIS, CVETA, ServerProcess, Service
from tests.tally import tally
from tests.walk import shifted, wait_until

pytestmark = pytest.mark.slow

# Sentences of the code's own, which each release has in its own way.
_WORDS = {"use"}
_KINDS = ("lost", "doubled", "left_behind", "different", "stuck")


def _this_one(running: Service) -> ServerProcess:
    """At the public address, with its worker."""
    log = running.folder / "server-new.log"
    server = ServerProcess(running.environment, log, ("entrypoints.cli", "serve"))
    running.servers.append(server)
    server.start()
    return server


class Fleet:
    """People whose requests go to either release, as a balancer sends them."""

    def __init__(self, running: Service, old: ServerProcess) -> None:
        self.running, self.old = running, old
        self.requests = 0

    def person(self, email: str) -> Browser:
        """Signs in at the release before; the cookies are good for both."""
        browser = self.running.browser(email, self.old)
        browser.http.event_hooks = {"response": [self._count]}
        return browser

    def _count(self, answer: httpx.Response) -> None:
        assert answer.status_code < 500, answer.read()
        self.requests += 1

    def connect(self, browser: Browser, email: str, leave: ServerProcess, back: ServerProcess) -> None:
        """Leaves for the provider from one process and comes back to another."""
        start = at(browser, leave).api("POST", "/api/connections/zoom", json={"form": {"title": email}})
        asked = {"authorize_url": start.raise_for_status().json()["authorize_address"], "account": email}
        answer = self.running.zoom.http.post("/approve", json={**asked, "decision": "approve"}).raise_for_status()
        way = urlsplit(answer.json()["location"])
        returned = browser.come_back(f"{back.address}{way.path}?{way.query}")
        assert returned.json()["account"] == email, returned.text


def at(browser: Browser, server: ServerProcess) -> Browser:
    """The same browser at another process."""
    other = copy(browser)
    other.address = server.address
    return other


def test_the_release_before_goes_on_working(filled: Filled, copied: str, tmp_path: Path) -> None:
    code = previous_release(tmp_path / "before")
    with filled.alive(copied, tmp_path, worker_in_web="true") as running:
        before = Before(running, code)
        old = before.serve()
        fleet = Fleet(running, old)
        admin = fleet.person(ADMIN)
        filling = Filling(running)
        filling.admin = admin
        with before.worker():
            _alone(fleet, filling, copied)
            new = _this_one(running)
            _together(fleet, filling, old, new)
            wait_until(lambda: reconciled(copied), "nothing is due any more", 60)
            _both_show_the_same(admin, old, new)
            found = audit(admin, running.zoom, copied)
        faults = dict.fromkeys(_KINDS, 0) | {kind: len(lines) for kind, lines in found.faults.items()}
        row = "previous release beside this one"
        tally("Data care", row, requests=fleet.requests, sessions=found.sessions, **faults)
        assert found.faults == {}
        assert len(before.told) == 6
        assert all(Path(file).is_relative_to(code) for file in before.told), before.told


def _alone(fleet: Fleet, filling: Filling, database: str) -> None:
    """After the migration, before this release runs, the previous release's worker finishes the waiting sessions."""
    assert httpx.get(f"{fleet.old.address}/health/ready").status_code == 200
    admin = filling.admin
    boris = fleet.person(BORIS)
    fleet.connect(boris, BORIS, fleet.old, fleet.old)
    for one in every_session(admin):
        if one["meeting"]["status"] == "failed":
            filling.edit(one, notes="once more")
    wait_until(lambda: reconciled(database), "the worker of the release before has finished", 60)
    everything = {one["title"]: one["meeting"]["status"] for one in every_session(admin)}
    assert {everything[name] for name in ("made while down", "waits for Boris", "refused", "ready")} == {"ready"}


def _together(fleet: Fleet, filling: Filling, old: ServerProcess, new: ServerProcess) -> None:
    admin = filling.admin
    for first, second in ((old, new), (new, old)):
        names = f"{'old' if first is old else 'new'} first"
        filling.admin = at(admin, first)
        kept, given, cancelled, deleted = (
            filling.book(who, f"{what}, {names}")
            for who, what in ((ANA, "kept"), (CVETA, "given"), (BORIS, "cancelled"), (ANA, "deleted"))
        )
        assert {one["meeting"]["status"] for one in (kept, given, cancelled, deleted)} == {"ready"}
        filling.admin = at(admin, second)
        later = {name: shifted(kept[name], hours=1) for name in ("starts_at", "ends_at")}
        filling.edit(kept, title=f"moved, {names}", **later)
        filling.edit(given, consultant_id=filling.ids[ANA])
        filling.close(cancelled, "cancel")
        filling.close(deleted, "delete")
        filling.admin = at(admin, first)
        filling.edit(kept, notes="and back")
        filling.edit(given, online=False, provider=None)
        _drafts(admin, first, second)
        cveta = fleet.person(CVETA)
        fleet.connect(cveta, CVETA, first, second)
        refused = at(admin, second).api("POST", "/api/bookings", json=filling.form(ANA, "on top") | later)
        assert refused.json()["code"] == "slot_taken"


def _drafts(browser: Browser, first: ServerProcess, second: ServerProcess) -> None:
    path = f"/api/drafts/{uuid4()}"
    at(browser, first).api("PUT", path, json={"form": {"title": "unfinished"}}).raise_for_status()
    assert at(browser, second).api("GET", path).json()["form"] == {"title": "unfinished"}
    at(browser, second).api("DELETE", path).raise_for_status()
    assert at(browser, first).api("GET", path).status_code == 404


def _both_show_the_same(admin: Browser, old: ServerProcess, new: ServerProcess) -> None:
    """As far as the release before knows it."""
    for path in ("/api/clients", "/api/consultants", "/api/drafts", "/api/me", "/api/erasures"):
        wait_until(lambda path=path: not _different(admin, path, old, new), f"both show the same at {path}")
    shown, known = every_session(at(admin, new)), every_session(at(admin, old))
    assert _narrowed(shown, known) == known
    for one in known:
        path = f"/api/bookings/{one['id']}/history"
        ours, theirs = (at(admin, server).api("GET", path).raise_for_status().json() for server in (new, old))
        assert _narrowed(ours, theirs) == theirs


def _different(admin: Browser, path: str, old: ServerProcess, new: ServerProcess) -> list[str]:
    """Asked one after the other; a worker may have looked at an account in between."""
    shown, known = (at(admin, server).api("GET", path).raise_for_status().json() for server in (new, old))
    return [*_differences(_narrowed(shown, known), known)]


def _differences(shown: Any, known: Any, where: str = "") -> Iterator[str]:
    if isinstance(known, dict):
        for name, value in known.items():
            if name in _WORDS:
                continue
            yield from _differences(shown[name], value, f"{where}.{name}")
    elif isinstance(known, list) and len(known) == len(shown):
        for number, (ours, theirs) in enumerate(zip(shown, known, strict=True)):
            yield from _differences(ours, theirs, f"{where}.{number}")
    elif shown != known:
        yield f"{where}: {shown} in this release, {known} in the one before"


def _narrowed(shown: Any, known: Any) -> Any:
    """Without the fields that only this release has."""
    if isinstance(known, dict):
        return {name: _narrowed(shown[name], value) for name, value in known.items()}
    if isinstance(known, list) and len(known) == len(shown):
        return [_narrowed(ours, theirs) for ours, theirs in zip(shown, known, strict=True)]
    return shown
