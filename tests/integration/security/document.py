"""Valid and invalid requests of the OpenAPI document: every answer is one that the document names."""

import os
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import parse_qsl

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks

from tests.integration.security.cells import filled
from tests.integration.security.rules import RULES

SEED = int(os.environ.get("TEST_SEED", "20270301"))
MINUTES = float(os.environ.get("TEST_MINUTES", "0"))
EXAMPLES = max(4, int(40 * MINUTES))

UNDOCUMENTED = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.negative_data_rejection,
]


Operation = APIOperation[Any, Any, Any, Any]


@dataclass
class Trial:
    """What came of one operation, asked by one person."""

    cases: int = 0
    server_errors: int = 0
    undocumented: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)

    def see(self, case: Any, answer: Any) -> None:
        self.cases += 1
        self.statuses[answer.status_code] += 1
        if not _of_identity_provider(answer):
            self.server_errors += self._fails(case, answer, [not_a_server_error])
        self.undocumented += self._fails(case, answer, UNDOCUMENTED)

    def _fails(self, case: Any, answer: Any, checks: list[Any]) -> bool:
        try:
            case.validate_response(answer, checks=checks)
        except (FailureGroup, AssertionError) as failure:
            self.said.append(f"{failure}\n{case.as_curl_command()}")
            return True
        return False


def _of_identity_provider(answer: Any) -> bool:
    """The identity providers of these practices do not exist. The document names that answer."""
    return bool(answer.status_code == 502 and answer.json()["code"] == "identity_provider_failed")


class Browser(Protocol):
    """The client. `headers` are those of the next request."""

    def headers(self, operation: Operation) -> dict[str, str]: ...


def operations(document: dict[str, Any]) -> list[Operation]:
    """All but the stream, which has no end. What deletes comes last, so that the others find something."""
    schema = schemathesis.openapi.from_dict(document)
    found = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    assert len(found) == sum(len(methods) for methods in document["paths"].values()), "some cannot be understood"
    wanted = [one for one in found if one.path != "/api/events"]
    return sorted(wanted, key=lambda one: (one.method == "delete", one.path.endswith("/cancel")))


def tried(operation: Operation, address: str, browser: Browser, things: dict[str, str]) -> Trial:
    """A third of the cases fits the document, a third breaks it, a third is a right request to `things` that exist,
    but for one value."""
    trial = Trial()
    named = {name: things[name] for name in _in_path(operation) if name in things}
    fitting = operation.as_strategy()
    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    near = operation.as_strategy(path_parameters=named) if named else fitting
    each = st.one_of(
        st.tuples(st.none(), fitting), st.tuples(st.none(), wrong), st.tuples(st.integers(min_value=0), near)
    )

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES * 3,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(each)
    def ask(one: tuple[int | None, Any]) -> None:
        different, case = one
        if different is not None:
            _right_but_for_one(case, operation, things, different)
        answer = case.call(base_url=address, headers=browser.headers(operation))
        trial.see(case, answer)

    ask()
    return trial


def _in_path(operation: Operation) -> list[str]:
    return [one.name for one in operation.path_parameters]


def _right_but_for_one(case: Any, operation: Operation, things: dict[str, str], different: int) -> None:
    rule = RULES[f"{operation.method.upper()} {operation.path}"]
    if isinstance(case.body, dict) and isinstance(rule.body, dict):
        case.body = _mixed(filled(rule.body, things | _unlike(operation)), case.body, different)
    if rule.query and case.query is not None:
        case.query.update(_mixed(dict(parse_qsl(rule.query)), dict(case.query), different))


def _unlike(operation: Operation) -> dict[str, str]:
    """A password that was changed would end the trial."""
    return {"password": "not the right one"} if operation.path == "/api/me/password" else {}


def _mixed(right: dict[str, Any], made: dict[str, Any], different: int) -> dict[str, Any]:
    names = sorted(made)
    one = names[different % len(names)] if names else ""
    return right | ({one: made[one]} if one and different % 5 else {})
