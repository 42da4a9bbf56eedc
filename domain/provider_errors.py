"""The kinds of failure of a call to a meeting provider, each with its consequence."""

from datetime import datetime

from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.rate_limit import Limited


class TryLater(ProviderError):
    """The provider is down, slow or limits calls. `until` is the provider's own value, or None.

    `unheard`: the call may have had its effect although no answer came. `limited`: the provider refused it for the
    number of calls.
    """

    code = "provider_try_later"
    says = "The meeting provider is not responding ({reason})."
    advice = "Nothing is lost: Calendra tries again automatically."

    def __init__(
        self,
        *,
        reason: FailureReason,
        until: datetime | None = None,
        unheard: bool = False,
        limited: Limited | None = None,
        answered: str = "",
    ) -> None:
        self.reason = reason
        self.until = until
        self.unheard = unheard
        self.limited = limited
        super().__init__(answered=answered)

    def coming_back(self, at: datetime) -> "TryLater":
        """The same refusal, with the time of the next attempt."""
        again = TryLater(
            reason=self.reason, until=at, unheard=self.unheard, limited=self.limited, answered=self.answered
        )
        again.__cause__ = self
        return again


class NotYet(TryLater):
    """The rate limit delays the call, so it was not made."""

    code = "provider_not_yet"

    def __init__(self, *, until: datetime | None = None, reason: FailureReason = FailureReason.QUEUED) -> None:
        super().__init__(reason=reason, until=until)


class NeedsConsultant(ProviderError):
    """Only the consultant can resolve it: the consent ended, a permission is missing, or another account is connected.

    `scopes` names the missing permissions.
    """

    code = "provider_needs_consultant"
    says = "The meeting provider needs the consultant ({reason})."
    advice = "Ask the consultant to reconnect the provider."

    def __init__(self, *, reason: FailureReason, scopes: tuple[str, ...] = (), answered: str = "") -> None:
        self.reason = reason
        self.scopes = scopes
        super().__init__(answered=answered)

    @property
    def ended(self) -> bool:
        """Whether the provider has finally refused the authorization."""
        return self.reason in (FailureReason.CONSENT_GONE, FailureReason.TOKENS_LOST)


class AccessRejected(ProviderError):
    """The provider no longer accepts the access token. Refresh and repeat once; a second rejection is consent_gone."""

    code = "provider_access_rejected"
    reason = FailureReason.CONSENT_GONE
    says = "The meeting provider no longer accepts the authorization. {words}"
    advice = "Ask the consultant to reconnect the provider."


class Gone(ProviderError):
    """The meeting does not exist at the provider, or no longer belongs to this host."""

    code = "provider_meeting_gone"
    reason = FailureReason.PROVIDER_DOWN
    says = "The meeting no longer exists at the provider. {words}"
    advice = "Calendra creates a new one automatically."


class Refused(ProviderError):
    """An error of ours or a limit of the host's plan: repeating does not help."""

    code = "provider_refused"
    says = "The meeting provider refused ({reason}). {words}"
    advice = "Trying again does not help. Contact support and mention the time of this session."

    def __init__(self, *, reason: FailureReason = FailureReason.REFUSED, words: str = "", answered: str = "") -> None:
        self.reason = reason
        super().__init__(words=words, answered=answered)


class AuthorizationRevoked(ProviderError):
    """The provider finally refused the refresh token or the authorization code. Never raised for time-outs, 5xx or
    unreadable responses. `lost`: an earlier response to the same token was lost and may have replaced the token."""

    code = "provider_grant_dead"
    reason = FailureReason.CONSENT_GONE
    says = "The authorization has ended. {words}"
    advice = "Reconnect the provider."

    def __init__(self, *, words: str = "", answered: str = "", lost: bool = False) -> None:
        self.lost = lost
        super().__init__(words=words, answered=answered)


class Misconfigured(ProviderError):
    """Our registration at the provider is wrong (client id, secret, redirect address), or the provider is not in the
    settings. The operator has to correct it."""

    code = "provider_misconfigured"
    says = "Calendra's registration with the meeting provider needs attention ({reason}). {words}"
    advice = "This is not your fault: contact support. Your session is kept."

    def __init__(
        self, *, reason: FailureReason = FailureReason.MISCONFIGURED, words: str = "", answered: str = ""
    ) -> None:
        self.reason = reason
        super().__init__(words=words, answered=answered)
