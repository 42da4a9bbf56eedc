"""How a call to a provider ended: carried out, or failed in one of the ways of `domain.provider_errors`."""

from enum import StrEnum

from domain.errors import ProviderError


class Outcome(StrEnum):
    DONE = "done"
    FOUND = "found"  # a search was carried out; the facts say how many meetings it found
    TRY_LATER = "provider_try_later"
    NOT_YET = "provider_not_yet"
    NEEDS_CONSULTANT = "provider_needs_consultant"
    ACCESS_REJECTED = "provider_access_rejected"
    MEETING_GONE = "provider_meeting_gone"
    REFUSED = "provider_refused"
    AUTHORIZATION_REVOKED = "provider_grant_dead"
    MISCONFIGURED = "provider_misconfigured"
    AUTHORIZATION_ENDED = "authorization_ended"  # the provider finally refused the tokens

    @classmethod
    def of(cls, error: ProviderError) -> "Outcome":
        return cls(error.code)


SUCCESSES = frozenset({Outcome.DONE, Outcome.FOUND})
FAILURES = frozenset(Outcome) - SUCCESSES - {Outcome.MEETING_GONE}
"""A meeting that is gone is an answer: neither a success of the call nor a failure of the account."""
