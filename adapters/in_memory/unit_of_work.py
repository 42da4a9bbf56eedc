"""A unit of work on a copy of the state. A commit replaces the state with the copy."""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self

from adapters.in_memory.accounts.identity import (
    InMemoryIdentityLinks,
    InMemoryIdentityProviders,
    InMemorySignInRequests,
)
from adapters.in_memory.accounts.joining import InMemoryFoundings, InMemoryInvitations, InMemoryResetLinks
from adapters.in_memory.accounts.login_sessions import (
    InMemoryKnownBrowsers,
    InMemoryLoginAttempts,
    InMemoryLoginSessions,
)
from adapters.in_memory.accounts.passkeys import InMemoryPasskeyChallenges, InMemoryPasskeys
from adapters.in_memory.accounts.people import InMemoryPeople
from adapters.in_memory.accounts.second_factors import (
    InMemoryAuthenticatorApps,
    InMemoryPendingLogins,
    InMemoryRecoveryCodes,
    InMemorySecondFactorViews,
)
from adapters.in_memory.booking.bookings import InMemoryBookings
from adapters.in_memory.clients.clients import InMemoryClients, InMemoryContactNotes
from adapters.in_memory.connection.connecting import InMemoryAuthorizationRequests, InMemoryConnectLinks, InMemoryDrafts
from adapters.in_memory.connection.connections import InMemoryConnections
from adapters.in_memory.records import InMemoryAuditLog, InMemoryCreations, InMemoryProcessedEvents, InMemoryReceipts
from adapters.in_memory.security_log import InMemorySecurityLog
from adapters.in_memory.state import State
from domain.ports.security_log import Announce
from domain.ports.unit_of_work import UnitOfWork


class InMemoryUnitOfWork(UnitOfWork):
    """Units of work run one after another: the next one waits at its start."""

    def __init__(
        self,
        writing: asyncio.Lock,
        committed: Callable[[], State],
        replace: Callable[[State], None],
        announce: Announce,
    ) -> None:
        self._writing = writing
        self._committed = committed
        self._replace = replace
        self._announce = announce

    async def __aenter__(self) -> Self:
        await self._writing.acquire()
        self._copy()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writing.release()

    async def commit(self) -> None:
        self._replace(self._state)
        for event in self.security_log.added:
            self._announce(event)
        self._copy()

    def _copy(self) -> None:
        self._state = state = self._committed().copy()
        self.people = InMemoryPeople(state)
        self.clients = InMemoryClients(state)
        self.contact_notes = InMemoryContactNotes(state)
        self.login_sessions = InMemoryLoginSessions(state)
        self.known_browsers = InMemoryKnownBrowsers(state)
        self.login_attempts = InMemoryLoginAttempts(state)
        self.bookings = InMemoryBookings(state)
        self.connections = InMemoryConnections(state)
        self.authorization_requests = InMemoryAuthorizationRequests(state)
        self.drafts = InMemoryDrafts(state)
        self.connect_links = InMemoryConnectLinks(state)
        self.creations = InMemoryCreations(state)
        self.invitations = InMemoryInvitations(state)
        self.foundings = InMemoryFoundings(state)
        self.reset_links = InMemoryResetLinks(state)
        self.identity_providers = InMemoryIdentityProviders(state)
        self.identity_links = InMemoryIdentityLinks(state)
        self.sign_in_requests = InMemorySignInRequests(state)
        self.second_factors = InMemorySecondFactorViews(state)
        self.authenticator_apps = InMemoryAuthenticatorApps(state)
        self.recovery_codes = InMemoryRecoveryCodes(state)
        self.passkeys = InMemoryPasskeys(state)
        self.passkey_challenges = InMemoryPasskeyChallenges(state)
        self.pending_logins = InMemoryPendingLogins(state)
        self.audit_log = InMemoryAuditLog(state)
        self.receipts = InMemoryReceipts(state)
        self.processed_events = InMemoryProcessedEvents(state)
        self.security_log = InMemorySecurityLog(state)
