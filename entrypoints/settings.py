"""The settings of a deployment, read from the environment and checked before the start."""

import base64
import binascii
import os
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta


class WrongSettings(Exception):
    """`lines` contains one readable line per wrong variable, with the expected value."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


TrustedProxies = tuple[IPv4Network | IPv6Network, ...]
Seconds = Annotated[float, Meta(gt=0, le=3600)]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Each field is the environment variable CALENDRA_<FIELD> in capitals."""

    database_url: Annotated[
        str,
        Meta(pattern="^postgresql://", description="PostgreSQL 15 or newer, as postgresql://user:password@host/name."),
    ]
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
            "booking or the refresh of a token; at least twice CALENDRA_ZOOM_TOTAL_SECONDS."
        ),
    ] = 60.0
    client_seconds: Annotated[
        Seconds,
        Meta(description="Seconds that a client may take to send a request, or to continue reading a response."),
    ] = 30.0
    support_contact: Annotated[
        str, Meta(description="The contact for users who need help: an e-mail address or web page.")
    ] = ""
    support_hours: Annotated[str, Meta(description="When support answers, for the help page.")] = ""
    log_level: Annotated[str, Meta(pattern="^(debug|info|warning|error)$", description="The log level.")] = "info"
    demo: Annotated[
        bool, Meta(description="Set by `calendra demo` only: the sign-in page offers the people of its practice.")
    ] = False
    zoom_client_id: Annotated[
        str, Meta(description="The client id of the Zoom app. Without it, Zoom is not offered.")
    ] = ""
    zoom_client_secret: Annotated[str, Meta(description="The client secret of the Zoom app.")] = ""
    zoom_webhook_secrets: Annotated[
        str,
        Meta(description="Secret tokens that sign Zoom's webhook events, separated by commas; the current one first."),
    ] = ""
    zoom_authorize_address: Annotated[str, Meta(description="Zoom's consent page.")] = "https://zoom.us/oauth/authorize"
    zoom_oauth_address: Annotated[str, Meta(description="The base address of Zoom's token and revoke addresses.")] = (
        "https://zoom.us/oauth"
    )
    zoom_api_address: Annotated[str, Meta(description="Zoom's API.")] = "https://api.zoom.us/v2"
    zoom_removal_address: Annotated[str, Meta(description="The page at Zoom where people remove Calendra.")] = (
        "https://marketplace.zoom.us/user/installed"
    )
    zoom_meetings_address: Annotated[
        str, Meta(description="The page at Zoom where people see and delete their meetings.")
    ] = "https://zoom.us/meeting"
    zoom_connect_seconds: Annotated[Seconds, Meta(description="Seconds to connect to Zoom.")] = 3.0
    zoom_read_seconds: Annotated[Seconds, Meta(description="Seconds between two parts of a response from Zoom.")] = 10.0
    zoom_total_seconds: Annotated[Seconds, Meta(description="Seconds for a whole operation at Zoom.")] = 20.0
    zoom_calls_per_second: Annotated[
        float,
        Meta(
            gt=0,
            le=100_000,
            description="The initial rate of calls per second in each Zoom account. Zoom accepts 4 on every plan; "
            "while Zoom refuses no call, the rate rises automatically.",
        ),
    ] = 4.0

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

    def founding_address(self, token: str) -> str:
        return f"{self.public_address}/start#{token}"

    @property
    def token_key_ring(self) -> tuple[bytes, ...]:
        return tuple(_token_key(part) for part in self.token_keys.split(","))

    @property
    def proxy_networks(self) -> TrustedProxies:
        return _networks(self.trusted_proxies)

    @property
    def webhook_secrets(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.zoom_webhook_secrets.split(",") if part.strip())


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """Raises WrongSettings, which names every wrong variable at once."""
    given = {
        field.name: environment[variable_of(field.name)]
        for field in msgspec.structs.fields(Settings)
        if variable_of(field.name) in environment
    }
    lines = [*_wrong_fields(given), *_unknown(environment)]
    if lines:
        raise WrongSettings(lines)
    settings = msgspec.convert(given, Settings, strict=False)
    if lines := [*_wrong_together(settings)]:
        raise WrongSettings(lines)
    return settings


def variable_of(field: str) -> str:
    return f"CALENDRA_{field.upper()}"


def _unknown(environment: Mapping[str, str]) -> list[str]:
    """Reports unknown CALENDRA_… variables: a misspelt setting would otherwise have no effect, silently."""
    known = [variable_of(field.name) for field in msgspec.structs.fields(Settings)]
    lines = []
    for name in sorted(name for name in environment if name.startswith("CALENDRA_") and name not in known):
        near = get_close_matches(name, known, 1)
        lines.append(f"{name} is not a setting." + (f" Did you mean {near[0]}?" if near else " Remove it."))
    return lines


def _wrong_fields(given: Mapping[str, str]) -> list[str]:
    lines = []
    for field in msgspec.structs.fields(Settings):
        name = variable_of(field.name)
        expected = description_of(field)
        if field.name not in given:
            if field.required:
                lines.append(f"{name} is missing. Expected: {expected}")
            continue
        try:
            msgspec.convert(given[field.name], field.type, strict=False)
        except msgspec.ValidationError as error:
            lines.append(f"{name} is wrong ({error}). Expected: {expected}")
    return lines


def _wrong_together(settings: Settings) -> list[str]:
    lines = []
    try:
        _ = settings.token_key_ring
    except ValueError as error:
        lines.append(f"CALENDRA_TOKEN_KEYS is wrong ({error}). Make one with: calendra make-key")
    if settings.zoom_client_id and not (settings.zoom_client_secret and settings.webhook_secrets):
        lines.append("CALENDRA_ZOOM_CLIENT_SECRET and CALENDRA_ZOOM_WEBHOOK_SECRETS are needed with a client id.")
    try:
        _ = settings.proxy_networks
    except ValueError as error:
        lines.append(f"CALENDRA_TRUSTED_PROXIES is wrong ({error}). Expected: 127.0.0.1,10.0.0.0/8 for example.")
    host = urlsplit(settings.public_address).hostname
    if not settings.secure_cookies and host not in _HERE:
        lines.append("CALENDRA_PUBLIC_ADDRESS must be https, except on localhost.")
    if settings.demo and host not in _HERE:
        lines.append("CALENDRA_DEMO is only for the demo on this machine. Remove it.")
    if settings.reconcile_lease < 2 * settings.zoom_total_seconds:
        lines.append("CALENDRA_RECONCILE_LEASE must be at least twice CALENDRA_ZOOM_TOTAL_SECONDS.")
    return lines


def description_of(field: msgspec.structs.FieldInfo) -> str:
    """The description in a field's Meta."""
    metas = getattr(field.type, "__metadata__", ())
    return " ".join(meta.description for meta in metas if isinstance(meta, Meta) and meta.description)


_HERE = ("localhost", "127.0.0.1", "::1")


@cache
def _networks(listed: str) -> TrustedProxies:
    return tuple(ip_network(part.strip()) for part in listed.split(",") if part.strip())


def _token_key(part: str) -> bytes:
    try:
        key = base64.b64decode(part.strip(), validate=True)
    except binascii.Error as error:
        raise ValueError("a key is not base64") from error
    if len(key) != 32:
        raise ValueError(f"a key has {len(key)} bytes instead of 32")
    return key
