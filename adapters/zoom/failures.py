"""Builds the domain's provider errors from Zoom's answers."""

from datetime import datetime

from adapters.zoom.answer import Answer
from adapters.zoom.limits import asked_until, limited
from adapters.zoom.scopes import named_scopes, scopes_needed_by
from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.provider_errors import (
    AccessRejected,
    AuthorizationRevoked,
    Gone,
    Misconfigured,
    NeedsConsultant,
    Refused,
    TryLater,
)


def passing(answer: Answer, now: datetime) -> TryLater | None:
    """Temporary failures: limits, server errors, and answers that do not come from Zoom. None for a definite
    refusal."""
    if answer.status == 429 or answer.code in (429, 4001):
        return limited(answer, now)
    ill = answer.status >= 500 or answer.status < 400 or answer.status == 408
    if not ill and answer.problem:
        return None
    return TryLater(
        reason=FailureReason.PROVIDER_DOWN,
        until=asked_until(answer, now),
        unheard=answer.call.effect,
        answered=answer.told,
    )


def rejected(answer: Answer) -> ProviderError:
    return AccessRejected(words=answer.reason, answered=answer.told)


def scope_missing(answer: Answer) -> ProviderError:
    scopes = named_scopes(answer.sentences) or scopes_needed_by(answer.call.operation)
    return NeedsConsultant(reason=FailureReason.SCOPE_MISSING, scopes=scopes, answered=answer.told)


def host_missing(answer: Answer) -> ProviderError:
    return NeedsConsultant(reason=FailureReason.HOST_MISSING, answered=answer.told)


def misconfigured(answer: Answer) -> ProviderError:
    return Misconfigured(words=answer.reason, answered=answer.told)


def dead(answer: Answer) -> ProviderError:
    return AuthorizationRevoked(words=answer.reason, answered=answer.told)


def refused(answer: Answer) -> ProviderError:
    return Refused(words=answer.reason, answered=answer.told)


def gone(answer: Answer) -> ProviderError:
    """Only a call about a meeting can report the meeting as gone. A list that Zoom reports as missing says nothing
    about its meetings, so the search is repeated. For other calls these codes are plain refusals."""
    if answer.call.of_meeting:
        return Gone(words=answer.reason, answered=answer.told)
    if answer.call.operation == "find":
        return TryLater(reason=FailureReason.PROVIDER_DOWN, answered=answer.told)
    return refused(answer)


def in_progress(answer: Answer) -> ProviderError:
    return TryLater(reason=FailureReason.PROVIDER_LIMITED, answered=answer.told)
