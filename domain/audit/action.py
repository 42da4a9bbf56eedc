"""What an audit entry records: an act of a person, a call to a provider, or an event there."""

from enum import StrEnum


class Action(StrEnum):
    # of people, about a booking
    BOOKED = "booked"
    EDITED = "edited"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    DELETED = "deleted"
    LINK_CHANGE_ACKNOWLEDGED = "link_change_acknowledged"

    # calls to a provider, about a booking
    CREATE = "create"
    FIND = "find"
    CHANGE = "change"
    REMOVE = "remove"
    VERIFY = "verify"

    # effects of a connection on a booking: its meeting is in the account that is connected, or in another one
    IN_REACH = "in_reach"
    OUT_OF_REACH = "out_of_reach"

    # about a connection
    CONNECTED = "connected"
    DISCONNECT_ASKED = "disconnect_asked"
    DISCONNECTED = "disconnected"
    REMOVED_AT_PROVIDER = "removed_at_provider"
    AUTHORIZATION_ENDED = "authorization_ended"
    ORPHAN_REMOVED = "orphan_removed"

    # about a client
    CLIENT_ADDED = "client_added"
    CLIENT_CORRECTED = "client_corrected"
    CLIENT_ARCHIVED = "client_archived"
    CLIENT_RESTORED = "client_restored"
    CLIENTS_MERGED = "clients_merged"

    # about the practice
    FOUNDED = "founded"
    PRACTICE_CHANGED = "practice_changed"
    INVITED = "invited"
    INVITATION_RENEWED = "invitation_renewed"
    INVITATION_REVOKED = "invitation_revoked"
    JOINED = "joined"
    ROLES_CHANGED = "roles_changed"
    ACCOUNT_ENDED = "account_ended"
    ACCOUNT_RESTORED = "account_restored"
    ACCOUNT_ERASED = "account_erased"
    IDENTITY_PROVIDER_SET = "identity_provider_set"
    IDENTITY_PROVIDER_REMOVED = "identity_provider_removed"
    SINGLE_SIGN_ON_REQUIRED = "single_sign_on_required"
    SINGLE_SIGN_ON_OPTIONAL = "single_sign_on_optional"
    IDENTITY_UNLINKED = "identity_unlinked"
    SECOND_FACTOR_RESET = "second_factor_reset"
    SECOND_FACTOR_DEMANDED = "second_factor_demanded"
    SECOND_FACTOR_OPTIONAL = "second_factor_optional"


NAMES_A_PERSON = frozenset(
    {
        Action.INVITED,
        Action.INVITATION_RENEWED,
        Action.INVITATION_REVOKED,
        Action.JOINED,
        Action.ROLES_CHANGED,
        Action.ACCOUNT_ENDED,
        Action.ACCOUNT_RESTORED,
        Action.IDENTITY_UNLINKED,
        Action.SECOND_FACTOR_RESET,
    }
)
"""The name among the facts of such an entry is a person's."""

CREATES = frozenset({Action.CREATE, Action.FIND})
"""Every create leaves at least one such entry: its own, or that of a find by marker."""
