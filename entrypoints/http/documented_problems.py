"""The problems of each address for the OpenAPI document: the real problems, as examples."""

from collections import defaultdict

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example

from domain.accounts.errors import AccountChanged, ConfirmationNeeded, NotLoggedIn
from domain.errors import CalendraError, Invalid, NotFound, ObjectKind, StorageUnavailable, TooManyRequests
from domain.rule import Rule
from entrypoints.http.problems import MEDIA_TYPE, Problem, malformed, own_problem, problem_of

DONE = ResponseSpec(None, generate_examples=False, description="Success; the response has no body")
NO_SUCH_SESSION = NotFound(ObjectKind.SESSION)
WRONG_ETAG = Invalid("If-Match", Rule.NOT_AN_ETAG)


def documented_problems(
    *errors: CalendraError,
    public: bool = False,
    changes: bool = False,
    signed: bool = False,
    address: bool = False,
    confirmed: bool = False,
) -> dict[int, ResponseSpec]:
    """`public` addresses require no login. Those with `changes` require the CSRF token, `signed` ones a signature
    instead. An `address` with an id may be malformed, in addition to an id that does not exist. `confirmed`
    ones need a fresh proof of who the person is."""
    problems = [malformed([Invalid("starts_at", Rule.NOT_A_TIME)])]
    problems += [problem_of(NotLoggedIn()), problem_of(AccountChanged())] if not public else []
    problems += [problem_of(TooManyRequests(retry_after=1))] if not public else []
    problems += [problem_of(ConfirmationNeeded())] if confirmed else []
    problems += [own_problem("csrf_failed")] if changes else []
    problems += [own_problem("too_large")] if changes or signed else []
    problems += [own_problem("wrong_media_type")] if changes else []
    problems += [own_problem("no_such_address")] if address else []
    problems += [problem_of(error) for error in (*errors, StorageUnavailable())]
    by_status: defaultdict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_status[problem.status].append(problem)
    return {status: _spec(found) for status, found in by_status.items()}


def _spec(problems: list[Problem]) -> ResponseSpec:
    return ResponseSpec(
        Problem,
        generate_examples=False,
        media_type=MEDIA_TYPE,
        description=" / ".join(sorted({problem.code for problem in problems})),
        examples=[Example(summary=one.code, value=msgspec.to_builtins(one)) for one in problems],
    )
