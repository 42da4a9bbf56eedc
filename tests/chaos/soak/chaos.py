"""Ends processes at random moments, each kind on a schedule of its own, so that outages overlap."""

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
import psycopg

from tests.chaos.soak.chance import chance_of
from tests.chaos.soak.site import Site

_ENDS_WITHIN = 150.0
_PATIENCE = 3.0
_LONGEST_PAUSE = 8.0
_BACKEND = "SELECT pid FROM pg_stat_activity WHERE application_name = 'calendra' ORDER BY random() LIMIT 1"


@dataclass(frozen=True)
class Kind:
    """The minimum number of kills, and the mean number of seconds between two."""

    least: int
    pause: float


@dataclass(frozen=True)
class Plan:
    """Seconds of load, extended until each kind was killed often enough; and how long the provider is away."""

    seconds: float
    provider_away: float
    web: Kind = Kind(5, 3.0)
    worker: Kind = Kind(4, 4.0)
    postgres: Kind = Kind(3, 4.0)


@dataclass
class Chaos:
    site: Site
    plan: Plan
    seed: int
    failed: list[BaseException] = field(default_factory=list)

    def run(self) -> None:
        """Everything runs again when this returns."""
        enough = threading.Event()
        self.site.slow_answers()
        threads = [
            self._thread(self._again_and_again, "web", self._web, self.plan.web, enough),
            self._thread(self._again_and_again, "worker", self._worker, self.plan.worker, enough),
            self._thread(self._again_and_again, "postgres", self._postgres, self.plan.postgres, enough),
            self._thread(self._provider),
        ]
        for thread in threads:
            thread.start()
        time.sleep(self.plan.seconds)
        enough.set()
        for thread in threads:
            thread.join(_ENDS_WITHIN)
        assert not any(thread.is_alive() for thread in threads), "something cannot be started again"
        if self.failed:
            raise self.failed[0]
        self.site.zoom.heal()

    def _thread(self, target: Callable[..., None], *args: object) -> threading.Thread:
        def run() -> None:
            try:
                target(*args)
            except BaseException as error:  # noqa: BLE001 - told to the test, which fails by it
                self.failed.append(error)

        return threading.Thread(target=run, daemon=True)

    def _again_and_again(
        self, name: str, kill: Callable[[random.Random, int], None], kind: Kind, enough: threading.Event
    ) -> None:
        chance = chance_of(self.seed, name)
        number, took = 0, 0.0
        while number < kind.least or not enough.is_set():
            # On a slow machine a restart takes longer, and some work has to be done in between.
            time.sleep(chance.uniform(0.5, 1.5) * max(kind.pause, min(took, _LONGEST_PAUSE)))
            began = time.monotonic()
            kill(chance, number)
            took = time.monotonic() - began
            number += 1

    def _web(self, chance: random.Random, number: int) -> None:
        """One of them; every fourth time both. Every second time while a meeting is just being made, if one is soon:
        on a slow machine chance alone would rarely hit that."""
        if number % 2:
            self._wait_for_a_create()
        fallen = self.site.web if number % 4 == 3 else [chance.choice(self.site.web)]
        with contextlib.ExitStack() as dead:
            for server in fallen:
                dead.enter_context(self.site.deaths.of("web"))
                server.kill()
            time.sleep(chance.uniform(0, 0.5))
            for server in fallen:
                server.start()

    def _wait_for_a_create(self) -> None:
        """It is counted when it has taken effect; its answer is delayed."""
        with contextlib.suppress(httpx.HTTPError):
            before = self._creates()
            ends = time.monotonic() + _PATIENCE
            while self._creates() == before and time.monotonic() < ends:
                time.sleep(0.02)

    def _creates(self) -> int:
        counted = self.site.zoom.http.get("/counters").raise_for_status().json()["counters"]
        return int(counted.get("create", 0))

    def _worker(self, chance: random.Random, number: int) -> None:
        worker = chance.choice(self.site.workers)
        with self.site.deaths.of("worker"):
            worker.kill()
            time.sleep(chance.uniform(0, 0.5))
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
            time.sleep(chance.uniform(0, 1.5))
            postgres.start()

    def _kill_a_backend(self) -> None:
        with psycopg.connect(self.site.database, autocommit=True) as connection:
            found = connection.execute(_BACKEND).fetchone()
        if found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(found[0], signal.SIGKILL)

    def _provider(self) -> None:
        """Killed once, and started again with its state after a while."""
        chance = chance_of(self.seed, "provider")
        spare = self.plan.seconds - self.plan.provider_away
        time.sleep(chance.uniform(0.1, 0.7) * spare)
        with self.site.deaths.of("provider"):
            self.site.sandbox.kill()
            time.sleep(self.plan.provider_away)
            self.site.sandbox.start()
            self.site.slow_answers()


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
