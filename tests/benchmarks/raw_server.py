"""Starts the raw driver's endpoint beside the service."""

import asyncio

import msgspec

from domain.meeting.host import Host
from entrypoints.container import Container
from entrypoints.settings import settings_from
from tests.benchmarks.practice import Practice
from tests.benchmarks.raw_endpoint import Means
from tests.ports import free_port
from tests.real_processes import ANA, BORIS, ServerProcess


def start_raw(practice: Practice, access_token: str) -> ServerProcess:
    running = practice.running
    means = Means(
        practice.database,
        practice.organization,
        practice.people[BORIS],
        f"{running.sandbox.address}/v2/users/me/meetings",
        access_token,
    )
    environment = {"CALENDRA_PORT": str(free_port()), "RAW_MEANS": msgspec.json.encode(means).decode()}
    server = ServerProcess(environment, running.folder / "raw.log", ("tests.benchmarks.raw_endpoint",))
    server.start()
    return server


def access_token_of_ana(practice: Practice) -> str:
    return asyncio.run(_access_token(practice))


async def _access_token(practice: Practice) -> str:
    container = Container(settings=settings_from(practice.running.environment))
    async with container.begin()() as work:
        connection = await work.connections.find(Host(practice.organization, practice.people[ANA], "zoom"))
    await container.storage().close()
    assert connection
    assert connection.token_set
    return str(connection.token_set.access_token)
