"""Refusals about connections and the authorization requests that lead to them."""

from enum import StrEnum

from domain.errors import CalendraError


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
    advice = "Sign out of {label} in this browser. Then press Connect {label} again and sign in with your own account."


class OtherProviderAccount(AuthorizationFailed):
    code = "other_provider_account"
    says = "You chose the {label} account {email}, but your meetings are in {expected}."
    advice = (
        "Sign out of {label} in this browser. Then connect again and sign in as {expected}. "
        "To change accounts, disconnect {label} first."
    )


class ConnectLinkInvalid(CalendraError):
    code = "connect_link_invalid"
    says = "This link to connect has expired, was already used, or belongs to another person."
    advice = "Sign in as the person it was sent to, or ask an admin of your practice for a new link."


class NotConnected(CalendraError):
    code = "not_connected"
    says = "{label} is not connected."
    advice = "There is nothing to disconnect. Connect {label} when you book an online session."
