"""Names the rule that a malformed request breaks: the framework only has a message of its decoder."""

import re
from collections.abc import Iterator

from litestar.exceptions import ValidationException

from domain.errors import Invalid
from domain.rule import Rule

BODY = "data"  # the framework's name of the body

# The framework names a missing parameter only in its message.
_MISSING_PARAMETER = re.compile(r"^Missing required \w+ parameter '([\w-]+)'")

# The decoder's messages. A group `field` names the field, the other groups are the data of the rule.
_MESSAGES = [
    (re.compile(r"'data'"), Rule.NO_BODY),
    (re.compile(r"Invalid UUID"), Rule.NOT_AN_ID),
    (re.compile(r"Invalid RFC3339 encoded (?:datetime|date|time)"), Rule.NOT_A_TIME),
    (re.compile(r"Object missing required field `(?P<field>[^`]+)`"), Rule.MISSING),
    (re.compile(r"Object contains unknown field `(?P<name>[^`]+)`"), Rule.UNKNOWN_FIELD),
    (re.compile(r"Invalid enum value '?(?P<value>.*?)'?", re.DOTALL), Rule.NOT_OFFERED),
    (re.compile(r"Expected `(?P<expected>[^`]+)`, got `(?P<found>[^`]+)`"), Rule.WRONG_TYPE),
]


def broken_rules(error: ValidationException) -> list[Invalid]:
    return [*_of_values(error), *_of_parameters(error)]


def _of_values(error: ValidationException) -> Iterator[Invalid]:
    for one in error.extra if isinstance(error.extra, list) else []:
        if isinstance(one, dict):
            yield _broken(str(one.get("key", "")), str(one.get("message", "")))


def _of_parameters(error: ValidationException) -> Iterator[Invalid]:
    if missing := _MISSING_PARAMETER.search(error.detail):
        yield Invalid(missing[1], Rule.MISSING)


def _broken(field: str, message: str) -> Invalid:
    for pattern, rule in _MESSAGES:
        if found := pattern.fullmatch(message):
            data = found.groupdict()
            return Invalid(_inside(field, data.pop("field", "")), rule, **data)
    return Invalid(field, Rule.NOT_AS_DESCRIBED, decoder=message)


def _inside(field: str, name: str) -> str:
    """The name of a field of the body, or of an object in it."""
    if not name:
        return field
    return name if field == BODY else f"{field}.{name}"
