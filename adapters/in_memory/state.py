"""All stored data as plain dictionaries of frozen values: a copy of the dictionaries is a snapshot."""

from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from uuid import UUID

from domain.accounts.account import Account
from domain.accounts.authenticator_app import AuthenticatorApp
from domain.accounts.founding import Founding
from domain.accounts.gcra import GcraState
from domain.accounts.identity import IdentityLink
from domain.accounts.identity_provider import IdentityProvider
from domain.accounts.invitation import Invitation
from domain.accounts.known_browser import KnownBrowser
from domain.accounts.login_session import LoginSession
from domain.accounts.organization import Organization
from domain.accounts.passkey import Passkey, PasskeyChallenge
from domain.accounts.pending_login import PendingLogin
from domain.accounts.recovery_code import RecoveryCode
from domain.accounts.reset_link import ResetLink
from domain.accounts.sign_in_request import SignInRequest
from domain.audit.entry import AuditEntry
from domain.booking.booking import Booking
from domain.booking.draft import Draft
from domain.clients.client import Client
from domain.clients.contact_note import ContactNote
from domain.connection.authorization_request import AuthorizationRequest
from domain.connection.connect_link import ConnectLink
from domain.connection.connection import Connection
from domain.creation import Creation
from domain.erasure import Receipt
from domain.errors import NotFound, ObjectKind
from domain.meeting.host import Host
from domain.security.event import StoredEvent


@dataclass(frozen=True, slots=True)
class StoredAccount:
    account: Account
    password_hash: str
    last_login_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredBooking:
    booking: Booking
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class State:
    """Keys start with the organization id, as the primary keys of a database do."""

    organizations: dict[UUID, Organization] = field(default_factory=dict)
    accounts: dict[tuple[UUID, UUID], StoredAccount] = field(default_factory=dict)
    clients: dict[tuple[UUID, UUID], Client] = field(default_factory=dict)
    contact_notes: dict[tuple[UUID, UUID, UUID], ContactNote] = field(default_factory=dict)
    login_sessions: dict[tuple[UUID, bytes], LoginSession] = field(default_factory=dict)
    known_browsers: dict[tuple[UUID, bytes, UUID], KnownBrowser] = field(default_factory=dict)
    login_attempts: dict[bytes, GcraState] = field(default_factory=dict)
    bookings: dict[tuple[UUID, UUID], StoredBooking] = field(default_factory=dict)
    connections: dict[Host, Connection] = field(default_factory=dict)
    authorization_requests: dict[tuple[UUID, bytes], AuthorizationRequest] = field(default_factory=dict)
    drafts: dict[tuple[UUID, UUID, UUID], Draft] = field(default_factory=dict)
    connect_links: dict[tuple[UUID, bytes], ConnectLink] = field(default_factory=dict)
    creations: dict[tuple[UUID, UUID], Creation] = field(default_factory=dict)
    invitations: dict[tuple[UUID, UUID], Invitation] = field(default_factory=dict)
    foundings: dict[UUID, Founding] = field(default_factory=dict)
    reset_links: dict[tuple[UUID, UUID], ResetLink] = field(default_factory=dict)
    identity_providers: dict[UUID, IdentityProvider] = field(default_factory=dict)
    identity_links: dict[tuple[UUID, UUID], IdentityLink] = field(default_factory=dict)
    sign_in_requests: dict[tuple[UUID, bytes], SignInRequest] = field(default_factory=dict)
    authenticator_apps: dict[tuple[UUID, UUID], AuthenticatorApp] = field(default_factory=dict)
    recovery_codes: dict[tuple[UUID, UUID, bytes], RecoveryCode] = field(default_factory=dict)
    passkeys: dict[tuple[UUID, UUID], Passkey] = field(default_factory=dict)
    passkey_challenges: dict[bytes, PasskeyChallenge] = field(default_factory=dict)
    pending_logins: dict[tuple[UUID, bytes], PendingLogin] = field(default_factory=dict)
    audit_log: dict[tuple[UUID, UUID], tuple[AuditEntry, ...]] = field(default_factory=dict)
    receipts: dict[tuple[UUID, UUID], Receipt] = field(default_factory=dict)
    processed_events: dict[tuple[str, str], datetime] = field(default_factory=dict)
    security_log: dict[int, StoredEvent] = field(default_factory=dict)

    def copy(self) -> "State":
        return State(*(getattr(self, table.name).copy() for table in fields(self)))

    def add_creation(self, creation: Creation) -> Creation | None:
        """The earlier creation with this key, if any."""
        key = (creation.organization_id, creation.key)
        earlier = self.creations.get(key)
        if earlier is None:
            self.creations[key] = creation
        return earlier

    def erase_contents(self, organization_id: UUID, object_ids: Collection[UUID]) -> None:
        for key, one in list(self.creations.items()):
            if one.organization_id == organization_id and one.object_id in object_ids:
                self.creations[key] = replace(one, content=None)

    def must_have_organization(self, organization_id: UUID) -> None:
        if organization_id not in self.organizations:
            raise NotFound(ObjectKind.PRACTICE)

    def must_have_account(self, organization_id: UUID, account_id: UUID, what: ObjectKind = ObjectKind.ACCOUNT) -> None:
        if (organization_id, account_id) not in self.accounts:
            raise NotFound(what)

    def must_have_clients(self, organization_id: UUID, client_ids: tuple[UUID, ...]) -> None:
        if any((organization_id, client_id) not in self.clients for client_id in client_ids):
            raise NotFound(ObjectKind.CLIENT)
