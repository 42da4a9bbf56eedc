"""Translates errors of Zoom's meeting and user API to domain errors."""

from collections.abc import Callable
from datetime import datetime

from adapters.zoom.answer import Answer
from adapters.zoom.failures import (
    gone,
    host_missing,
    in_progress,
    misconfigured,
    passing,
    refused,
    rejected,
    scope_missing,
)
from adapters.zoom.scopes import named_scopes
from domain.errors import ProviderError


def api_failure(answer: Answer, now: datetime) -> ProviderError:
    """Source: Zoom's error tables (developers.zoom.us, API reference) and reports of other developers.

    Zoom reports a missing scope under several codes, some of which have other meanings too. Scope names in the message
    therefore take precedence over the code.
    """
    return passing(answer, now) or _meaning(answer)(answer)


def _meaning(answer: Answer) -> Callable[[Answer], ProviderError]:
    if named_scopes(answer.sentences):
        return scope_missing
    return _BY_CODE.get(answer.code or 0, rejected if answer.status == 401 else refused)


def _webinar_or_refused(answer: Answer) -> ProviderError:
    """Zoom answers 3000 for meetings that were turned into webinars, and for hosts that may not schedule."""
    return gone(answer) if "webinar info" in answer.says.lower() else refused(answer)


_BY_CODE: dict[int, Callable[[Answer], ProviderError]] = {
    124: rejected,
    4735: rejected,  # the token's owner is gone, or a later authorization replaced it: a refresh decides
    4740: rejected,
    4741: rejected,
    4700: rejected,  # a catch-all: concerns the token, unless it names scopes
    4711: scope_missing,
    4702: misconfigured,
    4704: misconfigured,
    4709: misconfigured,
    4717: misconfigured,
    4737: misconfigured,
    4738: misconfigured,
    1001: host_missing,
    1010: host_missing,
    3000: _webinar_or_refused,
    3001: gone,
    3002: in_progress,
    3003: gone,
}
