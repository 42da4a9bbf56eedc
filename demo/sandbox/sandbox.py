"""The running sandbox: its settings, its state, its clock and its request log."""

import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from demo.sandbox.config import Person, SandboxConfig
from demo.sandbox.errors import Refusal
from demo.sandbox.faults import Faults
from demo.sandbox.snapshot import Snapshot
from demo.sandbox.state import Tally, World

LOG_LENGTH = 5000


class Noted(msgspec.Struct):
    """One request, without its secrets. `status` is None if the connection was dropped."""

    at: str
    method: str
    path: str
    operation: str
    account: str
    status: int | None
    fault: str = ""


class Sandbox:
    def __init__(self, config: SandboxConfig, state: Path | None = None) -> None:
        self.original_config = config
        self.snapshot = Snapshot(state) if state else None
        self.world = (self.snapshot.load() if self.snapshot else None) or World()
        self.config = changed_config(config, self.world.config_changes)
        self._meet_people()
        self.faults = Faults()
        self.noted: deque[Noted] = deque(maxlen=LOG_LENGTH)
        self.counters: dict[str, int] = {}
        self.dirty = True
        self.wake_deliveries: Callable[[], None] = _nobody_waits

    def _meet_people(self) -> None:
        self.world.people = {p.user_id: self.world.people.get(p.user_id, p) for p in self.config.people}

    def now(self) -> float:
        return time.time() + self.world.clock_offset

    def today(self) -> str:
        return datetime.fromtimestamp(self.now(), UTC).date().isoformat()

    def save_if_changed(self) -> None:
        if self.dirty and self.snapshot:
            self.snapshot.save(self.world)
        self.dirty = False

    def reset(self) -> None:
        """Deletes the state and restores the initial settings."""
        self.world = World()
        self.config = self.original_config
        self._meet_people()
        self.faults.clear()
        self.noted.clear()
        self.counters.clear()
        self.dirty = True

    def change_config(self, changes: dict[str, Any]) -> None:
        self.config = changed_config(self.config, changes)
        self.world.config_changes |= changes
        self.dirty = True

    def person(self, who: str) -> Person:
        """By user id or e-mail address."""
        for person in self.world.people.values():
            if who in (person.user_id, person.email):
                return person
        raise Refusal(404, {"problem": f"The sandbox has no account {who}."})

    def tally(self, user_id: str) -> Tally:
        return self.world.tallies.setdefault(user_id, Tally())


def _nobody_waits() -> None:
    """Before the server runs, the sandbox delivers nothing."""


def changed_config(config: SandboxConfig, changes: dict[str, Any]) -> SandboxConfig:
    try:
        return msgspec.convert(msgspec.to_builtins(config) | changes, SandboxConfig)
    except msgspec.ValidationError as error:
        raise Refusal(400, {"problem": f"This setting is not understood: {error}"}) from error
