"""The providers that this deployment offers: those that are registered and have a client id."""

import httpx

from domain.ports.clock import Clock
from domain.providers import Providers
from entrypoints.registered_providers import REGISTERED
from entrypoints.settings import Settings


class ProviderClients:
    """HTTP clients for the lifetime of the process."""

    def __init__(self) -> None:
        self._clients: list[httpx.AsyncClient] = []

    def keep(self, client: httpx.AsyncClient) -> httpx.AsyncClient:
        self._clients.append(client)
        return client

    async def close(self) -> None:
        for client in self._clients:
            await client.aclose()


def configured_providers(settings: Settings, clients: ProviderClients, clock: Clock) -> Providers:
    """In the order in which people see them."""
    offered = []
    for registered in REGISTERED:
        own = settings.providers.get(registered.settings.prefix)
        if own and own.client_id:
            redirect = callback_address(settings, registered.settings.prefix)
            offered.append(registered.provider(own, redirect, clients.keep(registered.http(own)), clock))
    return Providers(offered)


def callback_address(settings: Settings, provider: str) -> str:
    return f"{settings.public_address}/oauth/{provider}/callback"
