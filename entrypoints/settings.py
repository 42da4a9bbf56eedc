"""The settings of a deployment, read from the environment and checked before the start."""

import base64
import binascii
import os
from collections.abc import Iterator, Mapping
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from msgspec import Meta

from adapters.postgres.engine.address import hosts_without_tls
from entrypoints.addresses import must_be_safe, on_loopback
from entrypoints.registered_providers import REGISTERED, ProviderSettings
from entrypoints.trusted_networks import TrustedProxies, must_be_proxies, networks
from entrypoints.variables import Variable, read, unknown, variable_name, variables_of, wrong
from entrypoints.weak_secrets import weak
from entrypoints.wrong_providers import weak_provider_secrets, wrong_providers


class WrongSettings(Exception):
    """`lines` contains one readable line per wrong variable, with the expected value."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


Seconds = Annotated[float, Meta(gt=0, le=3600)]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Each field is the environment variable CALENDRA_<FIELD> in capitals; `providers` has the settings of each
    registered provider, whose variables have its prefix."""

    database_url: Annotated[
        str,
        Meta(pattern="^postgresql://", description="PostgreSQL 15 or newer, as postgresql://user:password@host/name."),
    ]
    require_database_tls: Annotated[
        bool,
        Meta(
            description="Whether to refuse the start when a database on another machine may be reached without TLS; "
            "otherwise the start and `calendra doctor` only warn."
        ),
    ] = False
    public_address: Annotated[
        str,
        Meta(
            pattern=r"^https?://[^/]+$",
            description="The public address of Calendra, without a slash at the end; https except on localhost.",
        ),
    ]
    token_keys: Annotated[
        str,
        Meta(
            description="Keys that encrypt tokens at rest, separated by commas; each is 32 bytes in base64. The first "
            "key encrypts, all keys decrypt. `calendra make-key` creates one."
        ),
    ]
    csrf_secret: Annotated[str, Meta(min_length=32, description="At least 32 random characters.")]
    host: Annotated[str, Meta(description="The address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="The port to listen on.")] = 8000
    trusted_proxies: Annotated[
        str,
        Meta(
            description="Addresses or networks of the proxies whose X-Forwarded-For is trusted, separated by commas, "
            "for example 127.0.0.1,10.0.0.0/8. Without it, the login throttle counts attempts against the "
            "proxy itself."
        ),
    ] = ""
    web_processes: Annotated[int, Meta(ge=1, le=64, description="The number of web processes.")] = 1
    database_connections: Annotated[
        int,
        Meta(
            ge=2,
            le=200,
            description="The maximum number of database connections in each of the two pools of a process.",
        ),
    ] = 10
    worker_in_web: Annotated[
        bool, Meta(description="Whether web processes also run the worker; switch off to run workers separately.")
    ] = True
    worker_at_once: Annotated[
        int, Meta(ge=1, le=500, description="The number of bookings that a worker reconciles at once.")
    ] = 64
    reconcile_patience: Annotated[
        Seconds, Meta(description="Seconds that a save waits for the meeting link before it responds without one.")
    ] = 4.0
    reconcile_lease: Annotated[
        Seconds,
        Meta(
            description="Seconds after which a lease ends and another process takes over the reconciliation of a "
            "booking or the refresh of a token; at least twice the total seconds of each provider."
        ),
    ] = 60.0
    client_seconds: Annotated[
        Seconds,
        Meta(description="Seconds that a client may take to send a request, or to continue reading a response."),
    ] = 30.0
    account_requests_per_second: Annotated[
        int,
        Meta(
            ge=1,
            le=100_000,
            description="Requests per second that each web process answers for one account; ten times as many at once. "
            "Further ones get 429 with Retry-After.",
        ),
    ] = 20
    support_contact: Annotated[
        str, Meta(description="The contact for users who need help: an e-mail address or web page.")
    ] = ""
    support_hours: Annotated[str, Meta(description="When support answers, for the help page.")] = ""
    security_log_days: Annotated[
        int, Meta(ge=30, le=3650, description="Days after which an entry of the security log is deleted.")
    ] = 400
    log_level: Annotated[str, Meta(pattern="^(debug|info|warning|error)$", description="The log level.")] = "info"
    demo_people: Annotated[
        str,
        Meta(
            pattern=r"^\[.*\]$",
            description="Set by `calendra demo` only: the people of its practice, for the sign-in page, as JSON.",
        ),
    ] = "[]"
    providers: Mapping[str, ProviderSettings] = msgspec.field(default_factory=dict)  # by prefix; their own variables

    @property
    def secure_cookies(self) -> bool:
        """Browsers do not send secure cookies to a plain localhost."""
        return self.public_address.startswith("https://")

    def cookie(self, name: str) -> str:
        """With https, adds the prefix that makes browsers accept the cookie from this host only: another host of the
        same domain cannot set it."""
        return f"__Host-{name}" if self.secure_cookies else name

    def invitation_address(self, token: str) -> str:
        """Browsers send the part after the # to no server, so no log or other site sees the token."""
        return f"{self.public_address}/join#{token}"

    def reset_address(self, token: str) -> str:
        return f"{self.public_address}/reset#{token}"

    def sign_in_address(self, organization_id: UUID) -> str:
        return f"{self.public_address}/sign-in/{organization_id}"

    def sign_in_callback_address(self, organization_id: UUID) -> str:
        return f"{self.public_address}/sign-in/{organization_id}/callback"

    def founding_address(self, token: str) -> str:
        return f"{self.public_address}/start#{token}"

    @property
    def token_key_ring(self) -> tuple[bytes, ...]:
        return tuple(_token_key(part) for part in self.token_keys.split(","))

    @property
    def proxy_networks(self) -> TrustedProxies:
        return networks(self.trusted_proxies)

    @property
    def database_hosts_without_tls(self) -> list[str]:
        """Other machines, to which passwords and rows may travel in plain text."""
        return hosts_without_tls(self.database_url)

    def __repr__(self) -> str:
        """Without the secrets, those of providers included."""
        return f"Settings(public_address={self.public_address!r}, providers={[*self.providers]!r})"


def variables() -> list[Variable]:
    """Those of Calendra itself, then those of each provider."""
    own = [variable for variable in variables_of(Settings) if variable.field.name != "providers"]
    return own + [variable for one in REGISTERED for variable in variables_of(one.settings, one.settings.prefix)]


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """Raises WrongSettings, which names every wrong variable at once."""
    known = variables()
    if lines := [*wrong(known, environment), *unknown(known, environment)]:
        raise WrongSettings(lines)
    of_providers = {one.settings.prefix: read(one.settings, environment, one.settings.prefix) for one in REGISTERED}
    settings = msgspec.structs.replace(read(Settings, environment), providers=of_providers)
    wrong_ones = [*_wrong_together(settings), *wrong_providers(settings.providers, settings.reconcile_lease)]
    if lines := wrong_ones or [*_weak_secrets(settings)]:
        raise WrongSettings(lines)
    return settings


def warnings_of(settings: Settings) -> list[str]:
    """One readable line for each weak setting that does not prevent the start."""
    return [f"Warning: {line}" for line in _plain_database(settings)]


def _wrong_together(settings: Settings) -> list[str]:
    lines = [*_wrong_lists(settings), *_wrong_public_address(settings)]
    try:
        plain = _plain_database(settings)
    except ValueError:
        return [*lines, "CALENDRA_DATABASE_URL is wrong. Expected: postgresql://user:password@host/name."]
    return [*lines, *plain] if settings.require_database_tls else lines


def _wrong_lists(settings: Settings) -> Iterator[str]:
    try:
        _ = settings.token_key_ring
    except ValueError as error:
        yield f"CALENDRA_TOKEN_KEYS is wrong ({error}). Make one with: calendra make-key"
    try:
        must_be_proxies(settings.proxy_networks)
    except ValueError as error:
        yield (
            f"CALENDRA_TRUSTED_PROXIES is wrong ({error}). Name the addresses of your proxies: 127.0.0.1,10.0.0.0/8 "
            "for example."
        )


def _wrong_public_address(settings: Settings) -> Iterator[str]:
    host = urlsplit(settings.public_address).hostname or ""
    if not settings.secure_cookies and not on_loopback(host):
        yield "CALENDRA_PUBLIC_ADDRESS must be https, except on localhost."
    else:
        try:
            must_be_safe(settings.public_address)
        except ValueError as error:
            yield f"CALENDRA_PUBLIC_ADDRESS is wrong ({error}). Expected: https://calendra.example.com for example."
    if settings.demo_people != "[]" and not on_loopback(host):
        yield "CALENDRA_DEMO_PEOPLE is only for the demo on this machine. Remove it."


def _plain_database(settings: Settings) -> list[str]:
    """Raises ValueError if the address cannot be read."""
    return [
        f"CALENDRA_DATABASE_URL reaches {host} without requiring TLS, so others on the way may read it. Add "
        "sslmode=verify-full to the address."
        for host in settings.database_hosts_without_tls
    ]


def _weak_secrets(settings: Settings) -> Iterator[str]:
    """On a public address. A Calendra on this machine may use the secrets of the demo."""
    if settings.secure_cookies:
        yield from weak(variable_name("csrf_secret"), [settings.csrf_secret], "Make one with: openssl rand -base64 32")
        yield from weak(variable_name("token_keys"), settings.token_key_ring, "Make one with: calendra make-key")
        yield from weak_provider_secrets(settings.providers)


def _token_key(part: str) -> bytes:
    try:
        key = base64.b64decode(part.strip(), validate=True)
    except binascii.Error as error:
        raise ValueError("a key is not base64") from error
    if len(key) != 32:
        raise ValueError(f"a key has {len(key)} bytes instead of 32")
    return key
