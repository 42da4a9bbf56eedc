"""The meeting providers that Calendra knows, in the order in which people see them: one line each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Protocol, TypeVar

import httpx

from adapters.zoom.http import zoom_http
from adapters.zoom.provider import zoom_provider
from adapters.zoom.settings import ZoomSettings
from domain.ports.clock import Clock
from domain.provider import Provider


class ProviderSettings(Protocol):
    """The settings of one provider: a frozen msgspec Struct whose fields have defaults and descriptions.

    `prefix` is the provider's permanent name in stored data and addresses; in capitals it begins the names of its
    variables. Without a `client_id` the provider is not offered. `total_seconds` limits each of its operations.

    The start checks fields by the end of their names: `address` must be safe to call, `secret` and `secrets` (separated
    by commas) must not be weak. No `repr` shows a secret.
    """

    prefix: ClassVar[str]
    __struct_fields__: ClassVar[tuple[str, ...]]

    @property
    def client_id(self) -> str: ...

    @property
    def total_seconds(self) -> float: ...

    def missing(self) -> list[str]:
        """The fields that are needed with a client id, and are empty."""


Own = TypeVar("Own", bound=ProviderSettings)


@dataclass(frozen=True)
class Registration(Generic[Own]):
    """`http` creates the provider's HTTP client, which the process closes. `provider` gets the settings, the redirect
    address of OAuth, this client and the clock."""

    settings: type[Own]
    http: Callable[[Own], httpx.AsyncClient]
    provider: Callable[[Own, str, httpx.AsyncClient, Clock], Provider]


REGISTERED: Sequence[Registration[Any]] = [
    Registration(ZoomSettings, zoom_http, zoom_provider),
]
