"""The running product for tests: real processes, a real database, a sandbox Zoom over real HTTP."""

import asyncio
import atexit
import base64
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import httpx

from demo.practice import PASSWORD, seed
from demo.sandbox.config import SandboxConfig
from demo.sandbox.run import SandboxProcess
from entrypoints.container import Container
from entrypoints.lifecycle import opened
from entrypoints.settings import settings_from
from tests.browser import Browser
from tests.ports import free_port
from tests.sandbox_control import SandboxControl
from tests.secrets_watch import leaked, settings_secrets
from tests.tally import tally

if TYPE_CHECKING:
    from tests.forks import Nursery

ROOT = Path(__file__).parent.parent
STARTS_WITHIN = 90.0
ANA, BORIS, CVETA = (f"{name}@example.com" for name in ("ana.novak", "boris.kranjc", "cveta.zupan"))
ADMIN = "maja.hribar@example.com"
SERVE = ("entrypoints.cli", "serve")


class Child(Protocol):
    """What is asked of a process that was started, as subprocess has it."""

    def poll(self) -> int | None: ...

    def kill(self) -> None: ...

    def terminate(self) -> None: ...

    def wait(self, timeout: float) -> int: ...


@cache
def born_here() -> "Nursery":
    """What forks Calendra's processes: one for each test process, from the first use until its end."""
    from tests.forks import nursery

    parts = ExitStack()
    atexit.register(parts.close)
    return parts.enter_context(nursery())


class ServerProcess:
    """One web process, `python -m <module>` of the code in this folder, with these settings in its environment.

    `calendra serve` of this code is forked from a process that has imported it: each start costs two seconds less.
    """

    def __init__(self, environment: dict[str, str], log: Path, module: tuple[str, ...], code: Path = ROOT) -> None:
        self._code = code
        self._environment = environment
        self._log = log
        self._module = module
        self._child: Child | None = None
        self.port = int(environment["CALENDRA_PORT"])

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        self._child = self._spawn()
        ends = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            assert self.running, f"the server ended at its start:\n{self._log.read_text()[-3000:]}"
            assert time.monotonic() < ends, "the server did not start"
            time.sleep(0.05)

    def _spawn(self) -> Child:
        if self._module == SERVE and self._code == ROOT:
            return born_here().bear(["serve"], self._environment, self._log)
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *self._module],
                cwd=self._code,
                env={**os.environ, **self._environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/health/live", timeout=2).is_success
        except httpx.HTTPError:
            return False

    @property
    def running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def kill(self) -> None:
        """As kill -9 does."""
        if self._child:
            self._child.kill()
            self._child.wait(10)

    def stop(self) -> None:
        if self._child and self.running:
            self._child.terminate()
            self._child.wait(30)

    def wait_for_end(self, seconds: float) -> None:
        if self._child:
            self._child.wait(seconds)


@dataclass
class Service:
    """Calendra's processes on one database, and the sandbox beside them."""

    environment: dict[str, str]
    sandbox: SandboxProcess
    folder: Path
    servers: list[ServerProcess] = field(default_factory=list)
    browsers: list[Browser] = field(default_factory=list)
    parts: ExitStack = field(default_factory=ExitStack)

    @cached_property
    def zoom(self) -> SandboxControl:
        return self.parts.enter_context(SandboxControl(self.sandbox.address))

    @property
    def address(self) -> str:
        return self.servers[0].address

    @property
    def log(self) -> str:
        return "\n".join(file.read_text(errors="replace") for file in sorted(self.folder.glob("*.log")))

    def serve(self, *, module: tuple[str, ...] = SERVE, **settings: str) -> ServerProcess:
        """One more web process; the first one has the public port. `settings` override, by field name."""
        port = self.environment["CALENDRA_PORT"] if not self.servers else str(free_port())
        more = {name if name.isupper() else f"CALENDRA_{name.upper()}": value for name, value in settings.items()}
        environment = {**self.environment, "CALENDRA_PORT": port, **more}
        server = ServerProcess(environment, self.folder / f"server-{len(self.servers)}.log", module)
        self.servers.append(server)
        server.start()
        return server

    def browser(self, email: str, server: ServerProcess | None = None) -> Browser:
        browser = self.stranger(server)
        browser.log_in(email, PASSWORD)
        return browser

    def stranger(self, server: ServerProcess | None = None) -> Browser:
        """Nobody is signed in."""
        browser = self.parts.enter_context(Browser((server or self.servers[0]).address))
        self.browsers.append(browser)
        return browser

    def must_have_kept_its_secrets(self) -> None:
        """Nothing that opens anything stands in the logs, whatever the test did."""
        secrets = settings_secrets(self.environment) | {PASSWORD: "password"}
        for cookie in (cookie for browser in self.browsers for cookie in browser.http.cookies.jar if cookie.value):
            secrets[str(cookie.value)] = cookie.name
        found = leaked(secrets, [self.log])
        tally("Secrets", "logs of the other tests", searched=1, secrets=len(secrets), leaked=len(found))
        assert not found, found

    def stop(self) -> None:
        self.parts.close()
        for server in self.servers:
            server.stop()


@contextmanager
def service(
    database: str, folder: Path, *, zoom: dict[str, Any] | None = None, zoom_state: Path | None = None, **settings: str
) -> Iterator[Service]:
    """Seeded with the demo's practice; no server runs yet. `zoom`: settings of the sandbox, which remembers over a
    restart when it has a file for its state."""
    port = free_port()
    config = sandbox_for(port, **(zoom or {}))
    with SandboxProcess(config, zoom_state) as sandbox:
        environment = settings_for(database, sandbox, config, port)
        environment |= {f"CALENDRA_{name.upper()}": value for name, value in settings.items()}
        asyncio.run(_seed(environment, sandbox.address))
        running = Service(environment, sandbox, folder)
        try:
            yield running
        finally:
            running.stop()
        running.must_have_kept_its_secrets()


def sandbox_for(port: int, **zoom: Any) -> SandboxConfig:
    """For a Calendra that answers at this port."""
    webhook_events = f"http://127.0.0.1:{port}/webhooks/zoom"
    callbacks = (f"http://localhost:{port}/oauth/zoom/callback",)
    return SandboxConfig(
        redirect_uris=callbacks, webhook_url=webhook_events, deauthorization_url=webhook_events, **zoom
    )


def settings_for(database: str, sandbox: SandboxProcess, config: SandboxConfig, port: int) -> dict[str, str]:
    return {
        "CALENDRA_DATABASE_URL": database,
        "CALENDRA_PUBLIC_ADDRESS": f"http://localhost:{port}",
        "CALENDRA_PORT": str(port),
        "CALENDRA_TOKEN_KEYS": base64.b64encode(os.urandom(32)).decode(),
        "CALENDRA_CSRF_SECRET": "only for tests, but long enough for all",
        "CALENDRA_LOG_LEVEL": "info",
        "CALENDRA_ZOOM_CLIENT_ID": config.client_id,
        "CALENDRA_ZOOM_CLIENT_SECRET": config.client_secret,
        "CALENDRA_ZOOM_WEBHOOK_SECRETS": config.webhook_secret,
        "CALENDRA_ZOOM_AUTHORIZE_ADDRESS": f"{sandbox.address}/oauth/authorize",
        "CALENDRA_ZOOM_OAUTH_ADDRESS": f"{sandbox.address}/oauth",
        "CALENDRA_ZOOM_API_ADDRESS": f"{sandbox.address}/v2",
        "CALENDRA_ACCOUNT_REQUESTS_PER_SECOND": "10000",  # load tests send more than a person does
        "CALENDRA_ZOOM_CALLS_PER_SECOND": "10000",  # the sandbox takes any number, unless a test sets its limit
    }


async def _seed(environment: dict[str, str], sandbox_address: str) -> None:
    container = Container(settings=settings_from(environment))
    async with opened(container):
        await seed(container, sandbox_address)
