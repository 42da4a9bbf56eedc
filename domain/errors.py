"""Every error that a person or an API client can get, as one tree with stable codes."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from domain.failure_reason import FailureReason
from domain.rule import Rule


class CalendraError(Exception):
    """An error. `code` is stable, `says` is a sentence in English, `advice` says what to do next.

    Both sentences may refer to the keyword data that the error is raised with. The data are values and codes, never
    phrases: the page words them in the language of the person.
    """

    code: ClassVar[str]
    says: ClassVar[str]
    advice: ClassVar[str]

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(in_words(self.says, data))

    @property
    def next(self) -> str:
        return in_words(self.advice, self.data)


def in_words(template: str, data: Mapping[str, object]) -> str:
    """The sentence with the data. Codes are written as words, the items of a list between commas."""
    return template.format(**{name: _in_words(value) for name, value in data.items()}).rstrip()


def _in_words(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.replace("_", " ")
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


class Invalid(CalendraError):
    """A value breaks a rule. Data: what the rule's sentence refers to."""

    code = "invalid_input"

    def __init__(self, field: str, rule: Rule, **data: object) -> None:
        self.field = field
        self.rule = rule
        self.detail = in_words(rule.says, data)
        self.data = data
        Exception.__init__(self, f"{field}: {self.detail}")

    @property
    def next(self) -> str:
        return in_words(self.rule.advice, self.data)


class ObjectKind(StrEnum):
    """The kind of an object that a request names."""

    ACCOUNT = "account"
    CLIENT = "client"
    CONSULTANT = "consultant"
    DRAFT = "draft"
    INVITATION = "invitation"
    LINK = "link"
    MEETING_PROVIDER = "meeting_provider"
    NOTE = "note"
    PERSON = "person"
    PERSON_BY_EMAIL = "person_by_email"
    PRACTICE = "practice"
    RECEIPT = "receipt"
    SESSION = "session"


class NotFound(CalendraError):
    """The object does not exist, or the account may not see it: the error does not say which. Data: what."""

    code = "not_found"
    says = "There is no such {what}, or you may not see it."
    advice = "Check the address, or ask an admin of your practice for access."

    def __init__(self, what: ObjectKind) -> None:
        super().__init__(what=what)


class NotAllowed(CalendraError):
    code = "not_allowed"
    says = "Only an admin of the practice may do this."
    advice = "Ask an admin of your practice."


class LastAdmin(CalendraError):
    code = "last_admin"
    says = "The practice needs at least one admin."
    advice = "Make someone else an admin first."


class SessionsToCome(CalendraError):
    """The consultant role cannot be removed. Data: name, sessions (the number planned and not over)."""

    code = "sessions_to_come"
    says = "{name} still has upcoming sessions: {sessions}."
    advice = "Reassign or cancel them. Then try again."


class StillConnected(CalendraError):
    """The consultant role cannot be removed. Data: name, labels (a list of the providers' names)."""

    code = "still_connected"
    says = "{name} is still connected to {labels}."
    advice = "Disconnect {labels} at Connections first. Then try again."


class InvitationInvalid(CalendraError):
    code = "invitation_invalid"
    says = "This invitation has expired, was revoked, or was already used."
    advice = "Ask the person who invited you for a new link. If you have accepted it before, sign in."


class InvitationRevoked(CalendraError):
    """A new link was requested for a revoked invitation."""

    code = "invitation_revoked"
    says = "This invitation was revoked and cannot get a new link."
    advice = "Invite the person again."


class FoundingInvalid(CalendraError):
    code = "founding_invalid"
    says = "This link to set up a practice has expired or was already used."
    advice = "If your practice already uses Calendra, sign in. Otherwise contact support for a new link."


class LoginFailed(CalendraError):
    code = "login_failed"
    says = "The e-mail address or password is incorrect."
    advice = "Check both and try again, or ask support to set a new password."


class TooManyAttempts(CalendraError):
    """Data: retry_after, in seconds."""

    code = "too_many_attempts"
    says = "Too many attempts with a wrong password."
    advice = "Try again in {retry_after} seconds, or use a browser in which you signed in before."


class TooManyLinks(CalendraError):
    """Data: retry_after, in seconds."""

    code = "too_many_links"
    says = "Too many attempts with links that are not valid."
    advice = "Try again in {retry_after} seconds."


class TooBusy(CalendraError):
    """Data: retry_after, in seconds."""

    code = "too_busy"
    says = "Too many people are signing in right now."
    advice = "Try again in {retry_after} seconds."


class NotLoggedIn(CalendraError):
    code = "signed_out"
    says = "You are not signed in."
    advice = "Sign in again. Your draft is saved."


class AccountChanged(CalendraError):
    """The request names another account than the one signed in in this browser."""

    code = "account_changed"
    says = "Another account is now signed in in this browser."
    advice = "Reload the page, or sign in with the account you want to use. Nothing was saved."


class SlotTaken(CalendraError):
    """Data: consultant (name), starts_at and ends_at of the neighbouring booking (RFC 3339, UTC)."""

    code = "slot_taken"
    says = "{consultant} already has a session from {starts_at} to {ends_at}."
    advice = "Choose another time or another consultant. Nothing was saved."


class ChangedMeanwhile(CalendraError):
    """Data: version, the current one."""

    code = "changed_meanwhile"
    says = "Someone else changed this session after you opened it."
    advice = "Reload the session, then repeat your change."


class BookingClosed(CalendraError):
    """Data: status (cancelled)."""

    code = "booking_closed"
    says = "This session is {status} and can no longer be changed."
    advice = "Restore it first, or book a new session."


class KeyReused(CalendraError):
    code = "idempotency_key_reused"
    says = "This Idempotency-Key was already used for another request."
    advice = "Send a new key with a new request; the same key only with the same content."


class ResultGone(CalendraError):
    """The request is a repetition, and the object that the first request created has been deleted or erased."""

    code = "idempotency_result_gone"
    says = "This request was carried out before, and what it created has been deleted since."
    advice = "Nothing was created again. Send a new request with a new Idempotency-Key to create it again."


class ClientErased(CalendraError):
    code = "client_erased"
    says = "This client's data was erased."
    advice = "Add the client again if you need them."


class ClientHasSessions(CalendraError):
    """Data: count, of the upcoming bookings."""

    code = "client_has_sessions"
    says = "This client has upcoming sessions: {count}. Nothing was erased."
    advice = "Choose to cancel these sessions or to remove the client from them."


class ConnectionNeed(StrEnum):
    """Why a connection cannot be used."""

    NOT_CONNECTED = "not_connected"
    NEEDS_RECONNECTING = "needs_reconnecting"
    DISCONNECTING = "disconnecting"


class ConnectionNeeded(CalendraError):
    """The assigned consultant has no usable connection. Data: provider, label, need, consultant_id, consultant,
    connected (the connected consultants: a list of id and name), other_providers (usable for this consultant: a list of
    name and label)."""

    code = "connection_needed"
    says = "{consultant} has no working connection to {label} ({need}). Nothing was saved."
    advice = (
        "Assign a consultant who is connected, choose another provider, "
        "or send {consultant} a personal link to connect."
    )

    def __init__(self, *, need: ConnectionNeed, **data: object) -> None:
        super().__init__(need=need, **data)


class AuthorizationFailed(CalendraError):
    """An authorization request did not lead to a connection. The draft of the booking form is kept."""


class AuthorizationRequestUnknown(AuthorizationFailed):
    code = "authorization_request_unknown"
    says = "This response from {label} does not belong to a connection that you started here."
    advice = "Start again with Connect {label}. Nothing was connected."


class AuthorizationRequestExpired(AuthorizationFailed):
    code = "authorization_request_expired"
    says = "Connecting {label} took longer than ten minutes and was stopped."
    advice = "Press Connect {label} again. Your draft is saved."


class AuthorizationRequestUsed(AuthorizationFailed):
    code = "authorization_request_used"
    says = "This response from {label} was already used."
    advice = "Check Connections: you may already be connected. If not, press Connect {label} again."


class ConsentDeclined(AuthorizationFailed):
    code = "consent_declined"
    says = "You did not allow Calendra to use your {label} account, so it is still not connected."
    advice = "Press Connect {label} again and allow it there, or book the session with another provider or in person."


class UnfinishedReason(StrEnum):
    """Why a provider could not finish connecting."""

    NO_AUTHORIZATION_SENT = "no_authorization_sent"
    AUTHORIZATION_NOT_VALID = "authorization_not_valid"
    ENDED_AT_ONCE = "ended_at_once"
    NOT_RESPONDING = "not_responding"
    MISCONFIGURED = "misconfigured"  # our registration there; the operator corrects it
    ACCOUNT_NOT_NAMED = "account_not_named"


class ConsentUnfinished(AuthorizationFailed):
    """Data: label, reason."""

    code = "consent_unfinished"
    says = "{label} could not finish connecting ({reason})."
    advice = "Press Connect {label} again. If it keeps failing, contact support. Your draft is saved."

    def __init__(self, *, label: str, reason: UnfinishedReason) -> None:
        super().__init__(label=label, reason=reason)


class ScopesMissing(AuthorizationFailed):
    """Data: label, scopes (a list of names)."""

    code = "scopes_missing"
    says = "{label} did not grant every required permission. Missing: {scopes}."
    advice = "Ask the administrator of your {label} account to allow these permissions, then connect again."


class ProviderAccountTaken(AuthorizationFailed):
    code = "provider_account_taken"
    says = "The {label} account {email} is already connected to another person in Calendra."
    advice = "Sign in at {label} with your own account, then press Connect {label} again."


class OtherProviderAccount(AuthorizationFailed):
    code = "other_provider_account"
    says = "You chose the {label} account {email}, but your meetings are in {expected}."
    advice = "Sign in at {label} as {expected} and connect again. To change accounts, disconnect {label} first."


class ConnectLinkInvalid(CalendraError):
    code = "connect_link_invalid"
    says = "This link to connect has expired, was already used, or belongs to another person."
    advice = "Sign in as the person it was sent to, or ask an admin of your practice for a new link."


class NotConnected(CalendraError):
    code = "not_connected"
    says = "{label} is not connected."
    advice = "There is nothing to disconnect. Connect {label} when you book an online session."


class StorageUnavailable(CalendraError):
    """Whether a change was saved is not known: the confirmation of the commit, or a later read, may have failed."""

    code = "storage_unavailable"
    says = "Calendra cannot reach its data right now."
    advice = "Try again in a moment. Saving again never books twice. If the problem persists, contact support."


class ProviderError(CalendraError):
    """A meeting provider's failure, by its consequence.

    Data: reason, a failure reason, and words, the provider's own, redacted. `answered` is the redacted answer, kept for
    the history.
    """

    reason: FailureReason

    def __init__(self, *, words: str = "", answered: str = "") -> None:
        self.words = words
        self.answered = answered
        super().__init__(reason=self.reason, words=words)

    @property
    def said(self) -> str:
        """The provider's own words; empty when Calendra knew without asking."""
        return self.answered or self.words
