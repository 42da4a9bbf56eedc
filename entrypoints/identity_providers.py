"""Builds the client of identity providers."""

from urllib.parse import urlsplit

from adapters.openid.client import HttpOpenIdClient
from adapters.openid.http import openid_http
from domain.ports.clock import Clock
from domain.ports.identity import OpenIdClient
from entrypoints.addresses import on_loopback
from entrypoints.meeting_providers import ProviderClients
from entrypoints.settings import Settings


def openid_client(settings: Settings, clients: ProviderClients, clock: Clock) -> OpenIdClient:
    """Only a Calendra that is itself used on this machine may use identity providers here: otherwise an admin of any
    practice could make the server call its neighbours."""
    local = on_loopback(urlsplit(settings.public_address).hostname or "")
    http = clients.keep(openid_http())
    return HttpOpenIdClient(http, clock, settings.sign_in_callback_address, local=local)
