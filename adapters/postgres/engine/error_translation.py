"""Translates database errors to domain errors: the one place, with the one table of constraint names."""

import psycopg
from psycopg.errors import (
    CharacterNotInRepertoire,
    ForeignKeyViolation,
    IdleInTransactionSessionTimeout,
    InsufficientPrivilege,
    UntranslatableCharacter,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from domain.errors import Invalid, NotFound, ObjectKind, StorageUnavailable
from domain.rule import Rule

FAILURES = (DBAPIError, PoolTimeout, psycopg.Error, OSError)

_MISSING = {
    "bookings_accounts_fkey": ObjectKind.CONSULTANT,
    "booking_clients_clients_fkey": ObjectKind.CLIENT,
    "accounts_organizations_fkey": ObjectKind.PRACTICE,
    "clients_organizations_fkey": ObjectKind.PRACTICE,
    "contact_notes_clients_fkey": ObjectKind.CLIENT,
    "contact_notes_accounts_fkey": ObjectKind.ACCOUNT,
    "receipts_organizations_fkey": ObjectKind.PRACTICE,
    "login_sessions_accounts_fkey": ObjectKind.ACCOUNT,
    "known_browsers_accounts_fkey": ObjectKind.ACCOUNT,
    "connections_accounts_fkey": ObjectKind.CONSULTANT,
    "authorization_requests_accounts_fkey": ObjectKind.ACCOUNT,
    "drafts_accounts_fkey": ObjectKind.ACCOUNT,
    "connect_links_accounts_fkey": ObjectKind.CONSULTANT,
    "connect_links_made_by_fkey": ObjectKind.ACCOUNT,
    "invitations_accounts_fkey": ObjectKind.ACCOUNT,
    "identity_providers_organizations_fkey": ObjectKind.PRACTICE,
    "identity_links_accounts_fkey": ObjectKind.ACCOUNT,
    "sign_in_requests_organizations_fkey": ObjectKind.PRACTICE,
    "reset_links_accounts_fkey": ObjectKind.ACCOUNT,
    "reset_links_made_by_fkey": ObjectKind.ACCOUNT,
    "authenticator_apps_accounts_fkey": ObjectKind.ACCOUNT,
    "recovery_codes_accounts_fkey": ObjectKind.ACCOUNT,
    "passkeys_accounts_fkey": ObjectKind.ACCOUNT,
    "pending_logins_accounts_fkey": ObjectKind.ACCOUNT,
}

_UNSTORABLE = (UntranslatableCharacter, CharacterNotInRepertoire)

# Unreachable, shut down, out of connections, timed out, deadlocked: the transaction saved nothing, and a retry helps.
_PASSING = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    IdleInTransactionSessionTimeout,  # psycopg counts it among the internal errors
    InsufficientPrivilege,  # until the owner of the tables grants them; `calendra doctor` says how
    PoolTimeout,
    OSError,
)


def translated(error: Exception) -> Exception:
    """The domain error, or the error itself when it is a bug of ours."""
    cause = _cause(error)
    if isinstance(cause, _UNSTORABLE) or (isinstance(cause, psycopg.DataError) and "NUL" in str(cause)):
        return Invalid("text", Rule.NOT_STORABLE)
    if isinstance(cause, ForeignKeyViolation) and cause.diag.constraint_name in _MISSING:
        return NotFound(_MISSING[cause.diag.constraint_name])
    return StorageUnavailable() if isinstance(cause, _PASSING) else error


def violated(error: Exception) -> str | None:
    """The name of the violated constraint."""
    cause = _cause(error)
    return cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None


def _cause(error: Exception) -> BaseException | None:
    return error.orig if isinstance(error, DBAPIError) else error
