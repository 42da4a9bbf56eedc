"""The real product, with a recorded step around each commit and each request to the provider."""

import dataclasses
from types import TracebackType
from typing import Any

import httpx
from dependency_injector import providers

from domain.ports.unit_of_work import Begin
from entrypoints.container import Container
from entrypoints.meeting_providers import ProviderClients
from entrypoints.postgres_storage import postgres_storage
from entrypoints.settings import Settings
from tests.chaos.crash.passage import Passage


def mortal_container(settings: Settings, passage: Passage) -> Container:
    storage = postgres_storage(settings)
    mortal = dataclasses.replace(storage, begin=_mortal(storage.begin, passage))
    return Container(
        settings=settings, storage=providers.Object(mortal), clients=providers.Object(MortalClients(passage))
    )


def _mortal(begin: Begin, passage: Passage) -> Any:
    return lambda: MortalWork(begin(), passage)


class MortalWork:
    """A unit of work whose commit is a step."""

    def __init__(self, work: Any, passage: Passage) -> None:
        self._work = work
        self._passage = passage

    def __getattr__(self, name: str) -> Any:
        return getattr(self._work, name)

    async def __aenter__(self) -> "MortalWork":
        await self._work.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._work.__aexit__(kind, error, trace)

    async def commit(self) -> None:
        step = self._passage.enter("commit")
        await self._work.commit()
        self._passage.leave(step)


class MortalClients(ProviderClients):
    """HTTP clients whose requests are steps, from just before one is sent to the arrival of its answer."""

    def __init__(self, passage: Passage) -> None:
        super().__init__()
        self._passage = passage

    def keep(self, client: httpx.AsyncClient) -> httpx.AsyncClient:
        client.event_hooks = {"request": [self._sent], "response": [self._heard]}
        return super().keep(client)

    async def _sent(self, request: httpx.Request) -> None:
        kind = "meetings" if "meetings" in request.url.path else request.url.path.rpartition("/")[2]
        request.extensions["step"] = self._passage.enter(f"{request.method} {kind}")

    async def _heard(self, response: httpx.Response) -> None:
        self._passage.leave(response.request.extensions["step"])
