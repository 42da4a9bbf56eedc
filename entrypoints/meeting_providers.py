"""The providers of this deployment: one function and one line each."""

import httpx

from adapters.zoom.http import zoom_http
from adapters.zoom.provider import zoom_provider
from adapters.zoom.settings import ZoomSettings
from domain.ports.clock import Clock
from domain.ports.meeting_provider import Provider
from domain.providers import Providers
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
    """In the order in which people see them. A new provider needs one more line here."""
    offered = [
        _zoom(settings, clients, clock) if settings.zoom_client_id else None,
    ]
    return Providers([provider for provider in offered if provider])


def callback_address(settings: Settings, provider: str) -> str:
    return f"{settings.public_address}/oauth/{provider}/callback"


def zoom_settings(settings: Settings) -> ZoomSettings:
    return ZoomSettings(
        client_id=settings.zoom_client_id,
        client_secret=settings.zoom_client_secret,
        redirect_address=callback_address(settings, "zoom"),
        webhook_secrets=settings.webhook_secrets,
        authorize_address=settings.zoom_authorize_address,
        oauth_address=settings.zoom_oauth_address,
        api_address=settings.zoom_api_address,
        connect_seconds=settings.zoom_connect_seconds,
        read_seconds=settings.zoom_read_seconds,
        total_seconds=settings.zoom_total_seconds,
        removal_address=settings.zoom_removal_address,
        calls_per_second=settings.zoom_calls_per_second,
        meetings_address=settings.zoom_meetings_address,
    )


def _zoom(settings: Settings, clients: ProviderClients, clock: Clock) -> Provider:
    own = zoom_settings(settings)
    return zoom_provider(own, clients.keep(zoom_http(own)), clock)
