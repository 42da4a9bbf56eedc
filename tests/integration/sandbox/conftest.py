"""One stand-in for all these tests; each begins with an empty one."""

from collections.abc import Iterator

import pytest

from demo.sandbox.run import SandboxProcess
from tests.integration.sandbox.zoom_client import CONFIG, ZoomClient


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[SandboxProcess]:
    with SandboxProcess(CONFIG) as process:
        yield process


@pytest.fixture
def zoom(sandbox_process: SandboxProcess) -> Iterator[ZoomClient]:
    client = ZoomClient(sandbox_process.address)
    client.control("reset")
    yield client
    client.close()
