"""The storage of a real deployment: PostgreSQL."""

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.operations.health import PostgresCheck
from adapters.postgres.operations.rotate_keys import Rotated, rotate_keys
from adapters.postgres.token_cipher import TokenCipher
from adapters.system.security_lines import log_security_event
from adapters.system.system_clock import SystemClock
from application.security_events import record_alone
from domain.security.event import EventKind, SecurityEvent
from entrypoints.settings import Settings
from entrypoints.storage import Storage


def postgres_storage(settings: Settings) -> Storage:
    database = _database(settings)

    async def wait_for_work(seconds: float) -> None:
        await database.changes.wait_for_change(seconds)

    return Storage(
        begin=database.begin,
        views=database.views,
        login_sessions=database.login_sessions,
        changes=database.changes,
        rate_limiter=database.rate_limiter,
        check=PostgresCheck(settings.database_url),
        wait_for_work=wait_for_work,
        open=database.open,
        close=database.close,
    )


async def rotate_all_keys(settings: Settings) -> Rotated:
    """Encrypts all stored secrets with the first key."""
    async with _database(settings) as database:
        rotated = await rotate_keys(database)
        event = SecurityEvent(EventKind.KEYS_ROTATED, SystemClock().now())
        await record_alone(database.begin, event.counted(rotated.secrets))
        return rotated


def _database(settings: Settings) -> PostgresDatabase:
    return PostgresDatabase(
        settings.database_url,
        TokenCipher(settings.token_key_ring),
        transactions=settings.database_connections,
        readers=settings.database_connections,
        announce=log_security_event,
    )
