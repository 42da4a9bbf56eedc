"""Runs the contract of meeting providers against each of them."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import partial

import httpx
import pytest

from adapters.in_memory.provider.fault import Fault
from adapters.zoom.http import zoom_http
from demo.sandbox.run import SandboxProcess
from domain.connection.token_set import AccessToken
from tests.contract.meeting_provider_contract import MeetingProviderContract
from tests.contract.meeting_provider_in_memory import InMemoryStage
from tests.contract.meeting_provider_stage import consented, details, new_marker
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

    @pytest.mark.parametrize("fault", [one for one in Fault if one not in (Fault.SLOW, Fault.LATE)])
    async def test_a_fault_is_the_same_as_in_memory(self, stage: ZoomStage, fault: Fault) -> None:
        """The sandbox performs it on the wire; the caller notices what the vocabulary says."""
        token_set = await consented(stage)
        access, meetings = AccessToken(token_set.access_token), stage.provider.meetings
        held = await meetings.create(access, new_marker(), details(stage))
        of_tokens = fault in (Fault.REVOKED, Fault.MISCONFIGURED)
        await stage.strike("refresh" if of_tokens else "change", fault)
        said = fault.error(stage.clock.now())
        refresh = partial(stage.provider.oauth.refresh, token_set)
        change = partial(meetings.change, access, held.id, new_marker(), details(stage, "Renamed"))
        with pytest.raises(type(said)) as noticed:
            await (refresh() if of_tokens else change())
        assert noticed.value.reason == said.reason
        assert ([one.topic for one in await stage.seen()] == ["Renamed"]) is (fault is Fault.LOST_ANSWER)
