"""Starts and stops the sandbox as a child process, for tests and for the demo."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from demo.sandbox.config import SandboxConfig

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 20.0


class SandboxProcess:
    """`with SandboxProcess() as sandbox: httpx.get(sandbox.address + "/_sandbox/accounts")`."""

    def __init__(self, config: SandboxConfig | None = None, state: Path | None = None, port: int = 0) -> None:
        self.config = config or SandboxConfig()
        self._state = state
        self._port = port
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Returns when the sandbox answers. A restart keeps the port."""
        with tempfile.TemporaryDirectory(prefix="sandbox-") as folder:
            settings, told = Path(folder, "config.json"), Path(folder, "port")
            settings.touch(0o600)
            settings.write_bytes(msgspec.json.encode(self.config))
            command = [sys.executable, "-m", "demo.sandbox", "--until-stdin-closes"]
            command += ["--port", str(self._port), "--config", str(settings), "--port-file", str(told)]
            command += ["--state", str(self._state)] if self._state else []
            child = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT)  # noqa: S603 - our own module
            self._child = child
            self._port = self._wait_for(child, told)

    def _wait_for(self, child: subprocess.Popen[bytes], told: Path) -> int:
        """The child listens before it writes its port, so a first call waits at most for the event loop to start."""
        limit = time.monotonic() + STARTS_WITHIN
        while not told.exists():
            if child.poll() is not None:
                self._wait_for_end(child)
                raise RuntimeError(f"the sandbox ended at its start, code {child.returncode}")
            if time.monotonic() > limit:
                self.kill()
                raise TimeoutError(f"the sandbox did not start within {STARTS_WITHIN:.0f} s")
            time.sleep(0.02)
        return int(told.read_text())

    def stop(self) -> None:
        """Stops the process in order."""
        if self._child is not None:
            self._child.terminate()
            self._wait_for_end(self._child)

    def kill(self) -> None:
        """Ends the process as kill -9 does."""
        if self._child is not None:
            self._child.kill()
            self._wait_for_end(self._child)

    def _wait_for_end(self, child: subprocess.Popen[bytes]) -> None:
        child.wait(10)
        if child.stdin is not None:
            child.stdin.close()
        self._child = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
