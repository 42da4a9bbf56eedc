"""Runs the contract of meeting providers against each of them."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import httpx
import pytest

from adapters.zoom.http import zoom_http
from demo.sandbox.run import SandboxProcess
from tests.contract.meeting_provider_contract import MeetingProviderContract
from tests.contract.meeting_provider_in_memory import InMemoryStage
from tests.contract.meeting_provider_zoom import ZoomStage, sandbox_config, settings_for


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    with SandboxProcess(sandbox_config()) as running:
        yield running


class TestInMemory(MeetingProviderContract):
    @pytest.fixture
    def stage(self) -> InMemoryStage:
        return InMemoryStage(datetime(2026, 11, 22, 10, 30, tzinfo=UTC))


class TestZoom(MeetingProviderContract):
    @pytest.fixture
    async def stage(self, sandbox: SandboxProcess) -> AsyncIterator[ZoomStage]:
        settings = settings_for(sandbox.address, sandbox.config)
        async with zoom_http(settings) as http, httpx.AsyncClient(base_url=sandbox.address) as control:
            stage = ZoomStage(sandbox.config, settings, http, control)
            await stage.ask("POST", "reset")
            yield stage
