"""A security event: who did what about whom, from which network, and whether it succeeded."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.accounts.account import Role
from domain.accounts.second_factors import Factor


class EventKind(StrEnum):
    # signing in; the subject is the account
    SIGN_IN = "sign_in"
    SINGLE_SIGN_ON = "single_sign_on"
    BREAK_GLASS_SIGN_IN = "break_glass_sign_in"
    LOGIN_CONFIRMED = "login_confirmed"
    SIGN_OUT = "sign_out"
    SIGN_OUT_ELSEWHERE = "sign_out_elsewhere"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a code, not a password
    PASSWORD_RESET = "password_reset"  # noqa: S105

    # requests beyond the allowance; the subject is the account
    REQUESTS_LIMITED = "requests_limited"

    # settings of the practice
    IDLE_TIME_CHANGED = "idle_time_changed"
    # second factors; the subject is the account
    SECOND_FACTOR_CHECKED = "second_factor_checked"
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    SECOND_FACTOR_RESET = "second_factor_reset"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    RECOVERY_CODE_USED = "recovery_code_used"
    PASSKEY_COPIED = "passkey_copied"

    # people; the subject is the account, or the invitation
    PRACTICE_FOUNDED = "practice_founded"
    PERSON_ADDED = "person_added"
    INVITED = "invited"
    INVITATION_RENEWED = "invitation_renewed"
    INVITATION_REVOKED = "invitation_revoked"
    JOINED = "joined"
    ROLES_CHANGED = "roles_changed"
    ACCOUNT_ENDED = "account_ended"
    ACCOUNT_RESTORED = "account_restored"
    ACCOUNT_ERASED = "account_erased"
    RESET_LINK_CREATED = "reset_link_created"
    RESET_LINK_REVOKED = "reset_link_revoked"
    SECOND_FACTOR_DEMANDED = "second_factor_demanded"
    SECOND_FACTOR_OPTIONAL = "second_factor_optional"

    # single sign-on; the subject is the account, if there is one
    IDENTITY_PROVIDER_SET = "identity_provider_set"
    IDENTITY_PROVIDER_REMOVED = "identity_provider_removed"
    SINGLE_SIGN_ON_REQUIRED = "single_sign_on_required"
    SINGLE_SIGN_ON_OPTIONAL = "single_sign_on_optional"
    IDENTITY_LINKED = "identity_linked"
    IDENTITY_UNLINKED = "identity_unlinked"

    # one-time links that were refused
    LINK_USED = "link_used"

    # connections; the subject is the consultant
    CONNECT_LINK_CREATED = "connect_link_created"
    CONNECTED = "connected"
    DISCONNECT_ASKED = "disconnect_asked"
    DISCONNECTED = "disconnected"
    REMOVED_AT_PROVIDER = "removed_at_provider"

    # stored data; the subject is the person or the client
    CONNECTION_ERASED = "connection_erased"
    CLIENT_ERASED = "client_erased"
    CLIENT_EXPORTED = "client_exported"
    SECURITY_LOG_EXPORTED = "security_log_exported"

    # of the deployment; they belong to no practice
    KEYS_ROTATED = "keys_rotated"
    WEBHOOK_EVENT = "webhook_event"


class EventOutcome(StrEnum):
    SUCCEEDED = "succeeded"
    REFUSED = "refused"
    THROTTLED = "throttled"


@dataclass(frozen=True, slots=True)
class EventFacts:
    """`roles` are those that the person has after the event. `count` is the number of ended login sessions, of secrets
    that were encrypted again, or of equal events within a minute; None when it does not apply. `factor` is the kind of
    second factor that was added or removed, or of the passkey that signed in alone."""

    roles: tuple[Role, ...] = ()
    provider: str | None = None
    count: int | None = None
    factor: Factor | None = None


_NO_FACTS = EventFacts()


@dataclass(frozen=True, slots=True)
class SecurityEvent:
    """Contains ids and codes only, so that erasing a person's data leaves no name in the security log.

    `organization_id` is None for events of the deployment and for attempts that belong to no known practice.
    `actor_id` is None for the operator, the system, and a person who is not signed in; `subject_id` is the account,
    client or invitation that the event is about. `network` and `request_id` are those of the HTTP request, None outside
    of one.
    """

    kind: EventKind
    at: datetime
    organization_id: UUID | None = None
    actor_id: UUID | None = None
    subject_id: UUID | None = None
    outcome: EventOutcome = EventOutcome.SUCCEEDED
    network: str | None = None
    request_id: str | None = None
    facts: EventFacts = _NO_FACTS

    def during(self, network: str | None, request_id: str | None) -> "SecurityEvent":
        """The event with the request during which it happened."""
        return replace(self, network=network, request_id=request_id)

    def at_provider(self, provider: str) -> "SecurityEvent":
        return replace(self, facts=replace(self.facts, provider=provider))

    def refused(self) -> "SecurityEvent":
        return replace(self, outcome=EventOutcome.REFUSED)

    def with_factor(self, factor: Factor) -> "SecurityEvent":
        return replace(self, facts=replace(self.facts, factor=factor))

    def counted(self, count: int) -> "SecurityEvent":
        return replace(self, facts=replace(self.facts, count=count))


@dataclass(frozen=True, slots=True)
class SecurityLogQuery:
    """Events of one practice, newest first. `person_id`: events that the person caused or that are about the person.
    `since` is included, `before` is not. `after` is the last event of the previous page."""

    kinds: frozenset[EventKind] = frozenset()
    outcome: EventOutcome | None = None
    person_id: UUID | None = None
    since: datetime | None = None
    before: datetime | None = None
    after: "Position | None" = None
    most: int = 50


@dataclass(frozen=True, slots=True)
class Position:
    """The place of a stored event in the log. `number` orders events of the same instant."""

    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class StoredEvent:
    number: int
    event: SecurityEvent

    @property
    def position(self) -> Position:
        return Position(self.event.at, self.number)
