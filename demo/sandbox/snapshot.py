"""Keeps the sandbox's state in a file, so that a demo continues after a restart or a crash."""

import os
from pathlib import Path

import msgspec

from demo.sandbox.state import World

_encoder = msgspec.json.Encoder()


class Snapshot:
    """Writes a file beside the old one and renames it: a reader finds the old state or the new one, never a part."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._aside = path.with_name(path.name + ".new")

    def load(self) -> World | None:
        if not self.path.exists():
            return None
        return msgspec.json.decode(self.path.read_bytes(), type=World)

    def save(self, world: World) -> None:
        opened = os.open(self._aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(_encoder.encode(world))
        self._aside.replace(self.path)
