"""Answers every exception with its problem."""

import logging
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, SerializationException, ValidationException
from litestar.types import ExceptionHandlersMap

from domain.errors import CalendraError, Invalid
from domain.rule import Rule
from entrypoints.http.malformed import BODY, broken_rules
from entrypoints.http.problems import MEDIA_TYPE, OWN, Problem, malformed, own_problem, problem_of

_log = logging.getLogger("calendra.http")

_BY_STATUS = {words.status: code for code, words in OWN.items() if code != "refused"}


def _answer(problem: Problem) -> Response[Problem]:
    return Response(problem, status_code=problem.status, media_type=MEDIA_TYPE)


def _refusal(_: Request[Any, Any, Any], error: CalendraError) -> Response[Problem]:
    answer = _answer(problem_of(error))
    if "retry_after" in error.data:
        answer.headers["retry-after"] = str(error.data["retry_after"])
    return answer


def _malformed(_: Request[Any, Any, Any], error: ValidationException) -> Response[Problem]:
    return _answer(malformed(broken_rules(error)))


def _too_deep(_: Request[Any, Any, Any], __: RecursionError) -> Response[Problem]:
    return _answer(malformed([Invalid(BODY, Rule.NESTED_TOO_DEEPLY)]))


def _no_text(_: Request[Any, Any, Any], __: UnicodeDecodeError) -> Response[Problem]:
    return _answer(malformed([Invalid(BODY, Rule.NOT_UTF8)]))


def _http(_: Request[Any, Any, Any], error: HTTPException) -> Response[Problem]:
    if isinstance(error.__cause__, SerializationException):
        return _answer(malformed([Invalid(BODY, Rule.NOT_JSON)]))
    code = _BY_STATUS.get(error.status_code, "refused")
    answer = _answer(own_problem(code, error.status_code))
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


def _fault(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    # The template, because a path may contain the token of a link.
    route = request.scope.get("path_template") or "an unknown address"
    _log.error("unexpected error at %s %s", request.method, route, exc_info=error)
    return _answer(own_problem("fault"))


HANDLERS: ExceptionHandlersMap = {
    CalendraError: _refusal,
    ValidationException: _malformed,
    RecursionError: _too_deep,
    UnicodeDecodeError: _no_text,
    HTTPException: _http,
    Exception: _fault,
}
