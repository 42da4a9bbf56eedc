"""One transaction with all repositories."""

from types import TracebackType
from typing import Self

from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.postgres.accounts.identity_links import PostgresIdentityLinks
from adapters.postgres.accounts.identity_providers import PostgresIdentityProviders
from adapters.postgres.accounts.joining import PostgresFoundings, PostgresInvitations, PostgresResetLinks
from adapters.postgres.accounts.known_browsers import PostgresKnownBrowsers
from adapters.postgres.accounts.login_attempts import PostgresLoginAttempts
from adapters.postgres.accounts.login_session_cache import CachedLoginSessions
from adapters.postgres.accounts.login_sessions import PostgresLoginSessions
from adapters.postgres.accounts.passkeys import PostgresPasskeyChallenges, PostgresPasskeys
from adapters.postgres.accounts.pending_logins import PostgresPendingLogins
from adapters.postgres.accounts.people import PostgresPeople
from adapters.postgres.accounts.second_factors import (
    PostgresAuthenticatorApps,
    PostgresRecoveryCodes,
    PostgresSecondFactorViews,
)
from adapters.postgres.accounts.sign_in_requests import PostgresSignInRequests
from adapters.postgres.audit_log import PostgresAuditLog
from adapters.postgres.booking.bookings import PostgresBookings
from adapters.postgres.booking.drafts import PostgresDrafts
from adapters.postgres.booking.overlap_finder import OverlapFinder
from adapters.postgres.clients.clients import PostgresClients
from adapters.postgres.clients.contact_notes import PostgresContactNotes
from adapters.postgres.connection.authorization_requests import PostgresAuthorizationRequests
from adapters.postgres.connection.connect_links import PostgresConnectLinks
from adapters.postgres.connection.connections import PostgresConnections
from adapters.postgres.creations import PostgresCreations
from adapters.postgres.engine.transaction import Transaction, translated_errors
from adapters.postgres.records import PostgresProcessedEvents, PostgresReceipts
from adapters.postgres.security_log import PostgresSecurityLog
from adapters.postgres.token_cipher import TokenCipher
from domain.ports.security_log import Announce
from domain.ports.unit_of_work import UnitOfWork


class PostgresUnitOfWork(UnitOfWork):
    def __init__(
        self,
        engine: AsyncEngine,
        cipher: TokenCipher,
        overlap_finder: OverlapFinder,
        cache: CachedLoginSessions,
        announce: Announce,
    ) -> None:
        self._connection = engine.connect()
        self._transaction = transaction = Transaction(self._connection)
        self.people = PostgresPeople(transaction, cache.forget_account)
        self.clients = PostgresClients(transaction)
        self.contact_notes = PostgresContactNotes(transaction)
        self.login_sessions = PostgresLoginSessions(transaction, cache.forget)
        self.known_browsers = PostgresKnownBrowsers(transaction)
        self.login_attempts = PostgresLoginAttempts(transaction)
        self.bookings = PostgresBookings(transaction, overlap_finder)
        self.connections = PostgresConnections(transaction, cipher)
        self.authorization_requests = PostgresAuthorizationRequests(transaction, cipher)
        self.drafts = PostgresDrafts(transaction)
        self.connect_links = PostgresConnectLinks(transaction)
        self.creations = PostgresCreations(transaction)
        self.invitations = PostgresInvitations(transaction)
        self.foundings = PostgresFoundings(transaction)
        self.reset_links = PostgresResetLinks(transaction)
        self.identity_providers = PostgresIdentityProviders(transaction, cipher)
        self.identity_links = PostgresIdentityLinks(transaction)
        self.sign_in_requests = PostgresSignInRequests(transaction, cipher)
        self.second_factors = PostgresSecondFactorViews(transaction)
        self.authenticator_apps = PostgresAuthenticatorApps(transaction, cipher)
        self.recovery_codes = PostgresRecoveryCodes(transaction)
        self.passkeys = PostgresPasskeys(transaction)
        self.passkey_challenges = PostgresPasskeyChallenges(transaction)
        self.pending_logins = PostgresPendingLogins(transaction)
        self.audit_log = PostgresAuditLog(transaction)
        self.receipts = PostgresReceipts(transaction)
        self.processed_events = PostgresProcessedEvents(transaction)
        self.security_log = PostgresSecurityLog(transaction, announce)

    async def __aenter__(self) -> Self:
        with translated_errors():
            await self._connection.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                await self._transaction.end_reading()
        finally:
            with translated_errors():  # a dead connection cannot roll back
                await self._connection.__aexit__(kind, error, trace)  # rolls back and returns the connection

    async def commit(self) -> None:
        await self._transaction.commit()
