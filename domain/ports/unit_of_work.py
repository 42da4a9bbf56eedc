"""The unit of work: one transaction over all repositories."""

from abc import abstractmethod
from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from domain.ports.bookings import Bookings
from domain.ports.clients import Clients, ContactNotes
from domain.ports.connections import AuthorizationRequests, Connections, ConnectLinks
from domain.ports.drafts import Drafts
from domain.ports.identity import IdentityLinks, IdentityProviders, SignInRequests
from domain.ports.joining import Foundings, Invitations, ResetLinks
from domain.ports.people import KnownBrowsers, LoginAttempts, LoginSessions, People
from domain.ports.records import AuditLog, Creations, ProcessedEvents, Receipts
from domain.ports.second_factors import (
    AuthenticatorApps,
    PasskeyChallenges,
    Passkeys,
    PendingLogins,
    RecoveryCodes,
    SecondFactorViews,
)
from domain.ports.security_log import SecurityLog


class UnitOfWork(Protocol):
    """`async with begin() as work: …; await work.commit()`. Leaving the block without a commit rolls back.

    It is never open during a call to a provider.
    """

    people: People
    clients: Clients
    contact_notes: ContactNotes
    login_sessions: LoginSessions
    known_browsers: KnownBrowsers
    login_attempts: LoginAttempts
    bookings: Bookings
    connections: Connections
    authorization_requests: AuthorizationRequests
    drafts: Drafts
    connect_links: ConnectLinks
    creations: Creations
    invitations: Invitations
    foundings: Foundings
    reset_links: ResetLinks
    identity_providers: IdentityProviders
    identity_links: IdentityLinks
    sign_in_requests: SignInRequests
    second_factors: SecondFactorViews
    authenticator_apps: AuthenticatorApps
    recovery_codes: RecoveryCodes
    passkeys: Passkeys
    passkey_challenges: PasskeyChallenges
    pending_logins: PendingLogins
    audit_log: AuditLog
    receipts: Receipts
    processed_events: ProcessedEvents
    security_log: SecurityLog

    @abstractmethod
    async def __aenter__(self) -> Self: ...

    @abstractmethod
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    @abstractmethod
    async def commit(self) -> None: ...


Begin = Callable[[], UnitOfWork]
