"""Ends processes at random moments, each kind on a schedule of its own, so that the deaths overlap as they like."""

import contextlib
import os
import random
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
import psycopg

from tests.soak.chance import chance_of
from tests.soak.site import Site

_BACKEND = "SELECT pid FROM pg_stat_activity WHERE application_name = 'calendra' ORDER BY random() LIMIT 1"


@dataclass(frozen=True)
class Plan:
    """Seconds of load; how long the provider is away; pauses between deaths of a kind, in the middle."""

    seconds: float
    provider_away: float
    web: float = 5.0
    worker: float = 6.0
    postgres: float = 6.0


@dataclass
class Chaos:
    site: Site
    plan: Plan
    seed: int
    stop: threading.Event = field(default_factory=threading.Event)
    failed: list[BaseException] = field(default_factory=list)

    def threads(self) -> list[threading.Thread]:
        kinds = {
            "web": (self._web, self.plan.web),
            "worker": (self._worker, self.plan.worker),
            "postgres": (self._postgres, self.plan.postgres),
        }
        rounds = [self._thread(self._again_and_again, name, *kind) for name, kind in kinds.items()]
        return [*rounds, self._thread(self._provider)]

    def _thread(self, target: Callable[..., None], *args: object) -> threading.Thread:
        def run() -> None:
            try:
                target(*args)
            except BaseException as error:  # noqa: BLE001 - told to the test, which fails by it
                self.failed.append(error)

        return threading.Thread(target=run, daemon=True)

    def _again_and_again(self, name: str, kill: Callable[[random.Random, int], None], pause: float) -> None:
        chance = chance_of(self.seed, name)
        number = 0
        while not self.stop.wait(chance.uniform(0.5, 1.5) * pause):
            kill(chance, number)
            number += 1

    def _web(self, chance: random.Random, number: int) -> None:
        """One of them; every fourth time both."""
        fallen = self.site.web if number % 4 == 3 else [chance.choice(self.site.web)]
        with contextlib.ExitStack() as dead:
            for server in fallen:
                dead.enter_context(self.site.deaths.of("web"))
                server.kill()
            self.stop.wait(chance.uniform(0, 0.5))
            for server in fallen:
                server.start()

    def _worker(self, chance: random.Random, number: int) -> None:
        worker = chance.choice(self.site.workers)
        with self.site.deaths.of("worker"):
            worker.kill()
            self.stop.wait(chance.uniform(0, 0.5))
            worker.start()

    def _postgres(self, chance: random.Random, number: int) -> None:
        """In turn: everything of it killed, a restart in order, one backend killed (which ends all the others)."""
        kind = ("postgres, killed", "postgres, restarted", "postgres, a backend killed")[number % 3]
        postgres = self.site.postgres
        with self.site.deaths.of(kind):
            if number % 3 == 2:
                self._kill_a_backend()
                return
            postgres.kill() if number % 3 == 0 else postgres.stop()
            self.stop.wait(chance.uniform(0, 1.5))
            postgres.start()

    def _kill_a_backend(self) -> None:
        with psycopg.connect(self.site.database, autocommit=True) as connection:
            found = connection.execute(_BACKEND).fetchone()
        if found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(found[0], signal.SIGKILL)

    def _provider(self) -> None:
        """Killed once, and back with its memory after a while."""
        chance = chance_of(self.seed, "provider")
        spare = self.plan.seconds - self.plan.provider_away
        if self.stop.wait(chance.uniform(0.1, 0.7) * spare):
            return
        with self.site.deaths.of("provider"):
            self.site.sandbox.kill()
            self.stop.wait(self.plan.provider_away)
            self.site.sandbox.start()


class Mischief:
    """What hosts do at the provider themselves, and what its clocks do."""

    def __init__(self, site: Site, seed: int, hosts: list[str], removers: list[str]) -> None:
        self._site = site
        self._chance = chance_of(seed, "mischief")
        self._hosts = hosts
        self._removers = removers
        self.done: dict[str, int] = {"tokens ended": 0, "apps removed": 0, "meetings deleted": 0}
        self.deleted_links: list[str] = []

    def work(self, stop: threading.Event) -> None:
        deeds = [self._end_tokens, self._end_tokens, self._remove_app, self._delete_meeting, self._delete_meeting]
        while not stop.wait(self._chance.uniform(0.3, 1.2)):
            with contextlib.suppress(httpx.HTTPError):
                self._chance.choice(deeds)()

    def _end_tokens(self) -> None:
        self._site.zoom.expire_access(self._chance.choice(self._hosts))
        self.done["tokens ended"] += 1

    def _remove_app(self) -> None:
        self._site.zoom.remove_app(self._chance.choice(self._removers))
        self.done["apps removed"] += 1

    def _delete_meeting(self) -> None:
        held = self._site.zoom.meetings(self._chance.choice(self._hosts))
        if held:
            meeting = self._chance.choice(held)
            self.deleted_links.append(meeting["join_url"])
            self._site.zoom.delete_meeting(meeting["id"])
            self.done["meetings deleted"] += 1
