"""The code of the release before this one, out of the repository's history, as processes beside this one's."""

import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.real_processes import ROOT, ServerProcess, Service

# The first migration that the release before does not have. 0016 to 0018 changed names and types of what is stored, so
# no earlier code can run on the newest tables; the first migration after them is named here, and from then on both run
# side by side.
FIRST_NEW = "adapters/postgres/migrations/versions/0019_security_log.py"
_CODE = ("adapters", "application", "domain", "entrypoints", "demo", ":!entrypoints/web")
# Names its code first, because the virtual environment contains this release's too.
_TOLD = """
import adapters.postgres.operations.migrate, domain.booking.booking, entrypoints.container
from entrypoints.cli import main

for module in (adapters.postgres.operations.migrate, domain.booking.booking, entrypoints.container):
    print("code:", module.__file__, flush=True)
main()
"""


def previous_release(folder: Path) -> Path:
    """Its code, in this folder. Skips where the history is not there: a shallow clone, a tarball."""
    added = _git("log", "--diff-filter=A", "--format=%H", "--", FIRST_NEW).decode().split()
    if not added:
        pytest.skip(f"the history does not reach back to {FIRST_NEW}")
    archive = _git("archive", f"{added[-1]}^", "--", *_CODE, "docs/settings.md")
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        packed.extractall(folder, filter="data")
    assert not (folder / FIRST_NEW).exists()
    (folder / "told.py").write_text(_TOLD)
    return folder


def _git(*words: str) -> bytes:
    if not shutil.which("git"):
        pytest.skip("git is not installed, so there is no release before this one")
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"git does not give the release before: {done.stderr.decode().strip()}")
    return done.stdout


class Before:
    """Its web process and its worker, on the database of a running service."""

    def __init__(self, running: Service, code: Path) -> None:
        self._running = running
        self._code = code
        self._known = set(re.findall(r"CALENDRA_[A-Z_]+", (code / "docs" / "settings.md").read_text()))

    def _settings(self) -> dict[str, str]:
        """Those that it knows: it refuses others."""
        return {
            name: value
            for name, value in self._running.environment.items()
            if not name.startswith("CALENDRA_") or name in self._known
        }

    def serve(self) -> ServerProcess:
        settings = self._settings() | {"CALENDRA_PORT": str(free_port()), "CALENDRA_WORKER_IN_WEB": "false"}
        server = ServerProcess(settings, self._running.folder / "before.log", ("told", "serve"), self._code)
        self._running.servers.append(server)
        server.start()
        return server

    @contextmanager
    def worker(self) -> Iterator[None]:
        command = [sys.executable, "-m", "told", "worker"]
        with (self._running.folder / "before-worker.log").open("ab") as log:
            child = subprocess.Popen(
                command, cwd=self._code, env={**os.environ, **self._settings()}, stdout=log, stderr=log
            )
        try:
            yield
            assert child.poll() is None, "the worker ended by itself"
        finally:
            child.terminate()
            child.wait(30)

    @property
    def told(self) -> list[str]:
        """The location of its code, as both processes report it."""
        logs = sorted(self._running.folder.glob("before*.log"))
        return [line.removeprefix("code: ") for log in logs for line in log.read_text().splitlines() if "code:" in line]
