"""A server without a practice, and a sandbox beside it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from demo.sandbox.run import SandboxProcess
from tests.ports import free_port
from tests.real_processes import Service, sandbox_for, settings_for


@contextmanager
def nothing_yet(database: str, folder: Path) -> Iterator[tuple[Service, str]]:
    """The running service, and the address that it printed at its start."""
    port = free_port()
    config = sandbox_for(port)
    with SandboxProcess(config) as sandbox:
        running = Service(settings_for(database, sandbox, config, port), sandbox, folder)
        try:
            running.serve()
            printed = re.search(r"http\S+/start#\S+", running.log)
            assert printed, running.log
            yield running, printed[0]
        finally:
            running.stop()
