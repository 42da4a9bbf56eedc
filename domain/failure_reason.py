"""Why a call to a meeting provider did not succeed, and what has to happen before it can."""

from enum import StrEnum


class FailureReason(StrEnum):
    PROVIDER_DOWN = "provider_down"
    PROVIDER_LIMITED = "provider_limited"  # too many calls at this moment
    DAILY_LIMIT = "daily_limit"  # too many calls for this host today
    QUEUED = "queued"  # the call waits for our own rate limit
    NOT_CONNECTED = "not_connected"
    DISCONNECTING = "disconnecting"
    CONSENT_GONE = "consent_gone"  # the provider finally refused the authorization
    TOKENS_LOST = "tokens_lost"  # in a lost response to a refresh, which was the only copy
    ANSWER_LOST = "answer_lost"  # to a refresh, which may have replaced the tokens; it is retried
    TOKENS_UNREADABLE = "tokens_unreadable"  # no key of this deployment decrypts the stored tokens
    REFRESHING = "refreshing"  # the authorization is being refreshed; the call is retried with the new tokens
    RECONNECTED = "reconnected"  # the host connected again during the call, which is retried
    SCOPE_MISSING = "scope_missing"
    HOST_MISSING = "host_missing"  # the provider no longer has this user
    OTHER_ACCOUNT = "other_account"  # the host is connected as another user than the meeting's
    MISCONFIGURED = "misconfigured"  # our registration at the provider is wrong
    NOT_SET_UP = "not_set_up"  # the provider is missing in the settings
    REFUSED = "refused"  # for the provider's own reason, which it words itself
    ALREADY_BEGUN = "already_begun"  # the provider takes only a start in the future
    TIME_KEPT = "time_kept"  # the provider confirmed a change and kept the old time
    TOO_MANY_MEETINGS = "too_many_meetings"  # the account lists more than can be searched
    CONTRADICTION = "contradiction"  # the provider lists a meeting and says that it does not exist
    SESSION_BEGAN = "session_began"  # before its meeting was created or changed
