"""Converts a connection to a row with encrypted tokens and back."""

from typing import Any

from sqlalchemy import Row

from adapters.postgres.engine.sanitize import storable
from adapters.postgres.meeting.orphan_sweep_structs import to_sweep, to_swept
from adapters.postgres.token_cipher import DecryptionFailed, TokenCipher, log_unreadable
from domain.connection.connection import Connection, ConnectionStatus, ProviderAccount
from domain.connection.token_set import TokenSet
from domain.connection.unverified_removal import UnverifiedRemoval
from domain.failure_reason import FailureReason
from domain.lease import Lease
from domain.meeting.host import Host


def to_row(connection: Connection, cipher: TokenCipher) -> dict[str, Any]:
    account, lease = connection.account, connection.lease
    return {
        "organization_id": connection.organization_id,
        "consultant_id": connection.consultant_id,
        "provider": connection.provider,
        "id": connection.id,
        "user_id": storable(account.user_id),
        "account_id": storable(account.account_id),
        "email": storable(account.email),
        "name": storable(account.name),
        "plan": storable(account.plan),
        "longest_meeting": account.longest_meeting,
        **_encrypted(connection, cipher),
        "status": connection.status.value,
        "connected_at": connection.connected_at,
        "refreshed_at": connection.refreshed_at,
        "refresh_failure": connection.refresh_failure or "",
        "lease_token": lease and lease.token,
        "lease_until": lease and lease.until,
        "disconnect_attempts": connection.disconnect_attempts,
        "retry_at": connection.retry_at,
        "sweep_at": connection.sweep.due_at,
        "sweep": to_swept(connection.sweep),
        "removal_reported_at": connection.unverified_removal.since,
        "ask_at": connection.unverified_removal.ask_at,
    }


def to_connection(row: Row[Any], cipher: TokenCipher) -> Connection:
    """With tokens that cannot be decrypted, the connection needs reconnecting, and all others are read as usual."""
    connection = Connection(
        organization_id=row.organization_id,
        id=row.id,
        consultant_id=row.consultant_id,
        provider=row.provider,
        account=ProviderAccount(row.user_id, row.account_id, row.email, row.name, row.plan, row.longest_meeting),
        token_set=None,
        status=ConnectionStatus(row.status),
        connected_at=row.connected_at,
        refreshed_at=row.refreshed_at,
        refresh_failure=FailureReason(row.refresh_failure) if row.refresh_failure else None,
        lease=Lease(row.lease_token, row.lease_until) if row.lease_token else None,
        disconnect_attempts=row.disconnect_attempts,
        retry_at=row.retry_at,
        sweep=to_sweep(row.sweep_at, row.sweep),
        unverified_removal=UnverifiedRemoval(row.removal_reported_at, row.ask_at),
    )
    if row.access_token is None:
        return connection
    try:
        return connection.with_readable_tokens(_opened(row, cipher))
    except DecryptionFailed as error:
        log_unreadable(f"the tokens of the connection {row.id}", error)
        return connection.with_unreadable_tokens()


def token_place(token: str, host: Host) -> str:
    """The place that a ciphertext is bound to; `token` is the name of the column."""
    return f"connections {token} {host.organization_id} {host.consultant_id} {host.provider}"


def _encrypted(connection: Connection, cipher: TokenCipher) -> dict[str, Any]:
    token_set = connection.token_set
    if token_set is None:
        return dict.fromkeys(["access_token", "refresh_token", "expires_at", "scopes"])
    return {
        "access_token": cipher.encrypt(token_set.access_token, token_place("access_token", connection.host)),
        "refresh_token": cipher.encrypt(token_set.refresh_token, token_place("refresh_token", connection.host)),
        "expires_at": token_set.expires_at,
        "scopes": sorted(map(storable, token_set.scopes)),
    }


def _opened(it: Row[Any], cipher: TokenCipher) -> TokenSet:
    host = Host(it.organization_id, it.consultant_id, it.provider)
    return TokenSet(
        access_token=cipher.open(it.access_token, token_place("access_token", host)),
        refresh_token=cipher.open(it.refresh_token, token_place("refresh_token", host)),
        expires_at=it.expires_at,
        scopes=frozenset(it.scopes),
    )
