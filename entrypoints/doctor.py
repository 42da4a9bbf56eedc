"""Checks a deployment, one part at a time."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from urllib.parse import urlsplit

import httpx

from adapters.postgres.operations.health import clock_skew_seconds, encrypted_with_other_keys, reachable
from adapters.postgres.operations.migrate import pending
from adapters.postgres.operations.serving_role import rights
from adapters.postgres.token_cipher import TokenCipher
from domain.errors import CalendraError, ProviderError
from domain.provider_errors import AuthorizationRevoked, Misconfigured
from entrypoints.addresses import on_loopback
from entrypoints.container import Container
from entrypoints.meeting_providers import callback_address
from entrypoints.registered_providers import REGISTERED
from entrypoints.settings import Settings
from entrypoints.variables import variable_name

Check = Callable[[], Awaitable[str]]

_TOLERATED_SKEW = 30.0


def checks_of(settings: Settings) -> list[tuple[str, Check]]:
    """The checks in order of dependency. Each returns `ok`, `ok: …` or the next step."""

    async def database() -> str:
        return await reachable(settings.database_url)

    async def encryption() -> str:
        return database_encryption(settings)

    async def migrations() -> str:
        try:
            missing = pending(settings.database_url)
        except CalendraError:
            return "could not be read, because the database cannot be reached."
        return f"{missing} to come. Run: calendra migrate" if missing else "ok"

    async def database_clock() -> str:
        try:
            return _skew(await clock_skew_seconds(settings.database_url), "the database")
        except CalendraError:
            return "could not be read, because the database cannot be reached."

    checks: list[tuple[str, Check]] = [
        ("database", database),
        ("database encryption", encryption),
        ("database role", partial(database_role, settings)),
        ("migrations", migrations),
        ("token keys", partial(keys_fit, settings)),
        ("clock against the database", database_clock),
    ]
    return [*checks, *_providers(settings)]


def database_encryption(settings: Settings) -> str:
    if hosts := settings.database_hosts_without_tls:
        return f"{', '.join(hosts)} may be reached without TLS. Add sslmode=verify-full to CALENDRA_DATABASE_URL."
    return "ok"


async def database_role(settings: Settings) -> str:
    try:
        held = await rights(settings.database_url)
    except CalendraError:
        return "could not be read, because the database cannot be reached."
    if held.unreadable:
        return (
            f"may not read {held.unreadable} tables. Run `calendra migrate --grant-to ROLE` with the address of the "
            "owner and the name of this role."
        )
    if held.owned:
        return "ok: owns the tables. docs/production.md shows how to serve with a role that does not"
    return "ok: owns no table"


def _providers(settings: Settings) -> list[tuple[str, Check]]:
    container = Container(settings=settings)
    known = [*container.meeting_providers()]
    checks = [one for it in known for one in _provider_checks(settings, container, it.name, it.label)]
    return checks or [("providers", _no_provider)]


async def keys_fit(settings: Settings) -> str:
    """Whether the keys belong to this database."""
    try:
        missing = await encrypted_with_other_keys(settings.database_url, TokenCipher(settings.token_key_ring))
    except CalendraError:
        return "could not be compared, because the database cannot be reached."
    if missing:
        return (
            f"{missing} stored secrets were encrypted with a key that is not in CALENDRA_TOKEN_KEYS. Add the key that "
            "belongs to this database. If it is lost, docs/production.md says what to do."
        )
    return "ok"


async def _no_provider() -> str:
    ids = " or ".join(variable_name("client_id", one.settings.prefix) for one in REGISTERED)
    return f"none is configured, so no session can be online. Set {ids} and what goes with it."


def _provider_checks(settings: Settings, container: Container, name: str, label: str) -> list[tuple[str, Check]]:
    provider = container.meeting_providers()[name]
    authorize = provider.oauth.authorize_address("", "")

    async def reach() -> str:
        return await _clock_of(authorize, label)

    async def credentials() -> str:
        try:
            await provider.oauth.exchange("calendra-doctor", "calendra-doctor")
        except AuthorizationRevoked:
            return "ok: the provider knows this client and refused the made-up code, as it should"
        except Misconfigured as error:
            return f"{error} Compare the client id, the secret and the redirect address with the app at {label}."
        except ProviderError as error:
            return f"could not be checked: {error}"
        return "the provider accepted a made-up code. This is not the real provider."

    async def redirect() -> str:
        return _redirect(callback_address(settings, name), urlsplit(authorize).hostname or "", label)

    return [
        (f"{label} reachable", reach),
        (f"{label} credentials", credentials),
        (f"{label} redirect address", redirect),
    ]


async def _clock_of(address: str, label: str) -> str:
    try:
        async with httpx.AsyncClient(timeout=5) as http:
            answer = await http.get(address)
    except httpx.HTTPError as error:
        return f"no answer ({type(error).__name__}). Check the network and the address {urlsplit(address).netloc}."
    date = answer.headers.get("date")
    if not date:
        return "ok"
    return _skew((parsedate_to_datetime(date) - datetime.now(UTC)).total_seconds(), label)


def _skew(seconds: float, whose: str) -> str:
    if abs(seconds) > _TOLERATED_SKEW:
        return f"this machine's clock and that of {whose} differ by {seconds:.0f} s. Switch time synchronisation on."
    return f"ok: {abs(seconds):.0f} s apart"


def _redirect(address: str, provider_host: str, label: str) -> str:
    if on_loopback(urlsplit(address).hostname or "") and not on_loopback(provider_host):
        return f"{address} is on localhost, which {label} refuses. Use a public https address, by a tunnel for example."
    return f"ok: register exactly {address}"
