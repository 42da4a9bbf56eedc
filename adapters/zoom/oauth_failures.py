"""Translates errors of Zoom's authorization server to domain errors."""

from collections.abc import Callable
from datetime import datetime

from adapters.zoom.answer import Answer
from adapters.zoom.failures import dead, misconfigured, passing, refused, scope_missing
from adapters.zoom.scopes import named_scopes
from domain.errors import ProviderError


def oauth_failure(answer: Answer, now: datetime) -> ProviderError:
    """Order of precedence: scope names, codes, keywords in the message, the error word of the OAuth standard."""
    return passing(answer, now) or _meaning(answer)(answer)


def _meaning(answer: Answer) -> Callable[[Answer], ProviderError]:
    says, word = answer.says.lower(), (answer.problem.error or "").lower() if answer.problem else ""
    if named_scopes(answer.sentences):
        return scope_missing
    if answer.code in _BY_NUMBER:
        return _BY_NUMBER[answer.code]
    if "redirect" in says:
        return misconfigured
    if any(sign in says for sign in _DEAD_SENTENCES):
        return dead
    return _BY_WORD.get(word, misconfigured if answer.status == 401 else refused)


_DEAD_SENTENCES = ("invalid token!", "invalid authorization code")

_BY_WORD: dict[str, Callable[[Answer], ProviderError]] = {
    "invalid_grant": dead,
    "invalid_client": misconfigured,
    "unauthorized_client": misconfigured,
    "unsupported_grant_type": misconfigured,
}

_BY_NUMBER: dict[int, Callable[[Answer], ProviderError]] = {
    4702: misconfigured,
    4704: misconfigured,
    4705: misconfigured,
    4706: misconfigured,
    4709: misconfigured,
    4717: misconfigured,
    4737: misconfigured,
    4738: misconfigured,
    4711: scope_missing,
    4733: dead,
    4734: dead,
    4735: dead,
    4740: dead,
    4741: dead,
}
