"""The state that a demo keeps between two starts, and its settings."""

import secrets
import shutil
import socket
from pathlib import Path

import click
import msgspec

from demo.practice import people_on_offer
from demo.sandbox.config import SandboxConfig
from entrypoints.cli.keys import new_key


class DemoState(msgspec.Struct):
    port: int
    sandbox_port: int
    token_keys: str
    csrf_secret: str
    seeded: bool = False

    @property
    def public_address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def sandbox_address(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}"

    def save(self, folder: Path) -> None:
        place = folder / "demo.json"
        place.touch(mode=0o600)
        place.write_bytes(msgspec.json.encode(self))


def stored_state(folder: Path, port: int, sandbox_port: int) -> DemoState:
    """Returns the stored state with its keys, so that encrypted data stay readable. If the first start was interrupted
    while it created the practice, deletes its data and returns a new state."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / "demo.json"
    if place.exists():
        old = msgspec.json.decode(place.read_bytes(), type=DemoState)
        if old.seeded:
            return msgspec.structs.replace(old, port=port, sandbox_port=sandbox_port)
        start_over(folder)
    return DemoState(port, sandbox_port, new_key(), secrets.token_urlsafe(32))


def start_over(folder: Path) -> None:
    """Removes only the files of a demo, and only while none runs on them."""
    if (folder / "running.json").exists() and _in_use(folder):
        raise click.ClickException(f"A demo is running on {folder}. Stop it first, with Ctrl-C.")
    shutil.rmtree(folder / "postgres", ignore_errors=True)
    for name in ("sandbox.json", "demo.json", "running.json"):
        (folder / name).unlink(missing_ok=True)


def _in_use(folder: Path) -> bool:
    port = msgspec.json.decode((folder / "running.json").read_bytes())["port"]
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def demo_environment(stored: DemoState, database: str, sandbox: str) -> dict[str, str]:
    config = SandboxConfig()
    return {
        "CALENDRA_DATABASE_URL": database,
        "CALENDRA_PUBLIC_ADDRESS": stored.public_address,
        "CALENDRA_HOST": "127.0.0.1",  # its passwords are published
        "CALENDRA_PORT": str(stored.port),
        "CALENDRA_TOKEN_KEYS": stored.token_keys,
        "CALENDRA_CSRF_SECRET": stored.csrf_secret,
        "CALENDRA_DEMO_PEOPLE": people_on_offer(),
        "CALENDRA_SUPPORT_CONTACT": "support@example.com",
        "CALENDRA_LOG_LEVEL": "warning",
        "CALENDRA_ZOOM_CLIENT_ID": config.client_id,
        "CALENDRA_ZOOM_CLIENT_SECRET": config.client_secret,
        "CALENDRA_ZOOM_WEBHOOK_SECRETS": config.webhook_secret,
        "CALENDRA_ZOOM_AUTHORIZE_ADDRESS": f"{sandbox}/oauth/authorize",
        "CALENDRA_ZOOM_OAUTH_ADDRESS": f"{sandbox}/oauth",
        "CALENDRA_ZOOM_API_ADDRESS": f"{sandbox}/v2",
        "CALENDRA_ZOOM_REMOVAL_ADDRESS": f"{sandbox}/user/installed",
    }
