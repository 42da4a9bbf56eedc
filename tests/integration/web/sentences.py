"""Every sentence of the service for people, found in the code: the page needs it in other languages."""

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import msgspec

from adapters.zoom.scopes import SCOPES
from application.booking.booking_preconditions import _NEEDS
from application.connection import disconnect_provider
from application.connection.disconnect_provider import DisconnectPreview
from domain import errors, provider_errors
from entrypoints.http import problems
from tests.real_processes import ROOT

_ASKED = ("domain", "application", "entrypoints/http")
_REASONS = ROOT / "application/connection/complete_connection.py"  # in its function `_in_words`


def server_sentences() -> set[str]:
    """With {{name}} where a value is put in, as the catalogue's keys have it."""
    return {*_of_errors(), *_of_invalid_values(), *_of_problems(), *_of_phrases(), *_of_scopes(), *_of_outlooks()} - {
        ""
    }


def _of_errors() -> Iterator[str]:
    for module in (errors, provider_errors):
        for kind in vars(module).values():
            refusal = isinstance(kind, type) and issubclass(kind, errors.CalendraError) and hasattr(kind, "says")
            if refusal and kind is not errors.Invalid:
                yield from (_named(kind.says), _named(kind.advice))


def _of_invalid_values() -> Iterator[str]:
    for folder in _ASKED:
        for file in (ROOT / folder).rglob("*.py"):
            for call in ast.walk(ast.parse(file.read_text())):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Invalid":
                    yield from (_numbered(part) for part in call.args[1:3])


def _of_problems() -> Iterator[str]:
    for _, detail, following in problems._HTTP.values():
        yield from (detail, following)
    yield from problems._RULES.values()
    yield "Correct the named fields and send it again."


def _of_phrases() -> Iterator[str]:
    """Parts of sentences: why a connection is needed, and why a consent was not finished."""
    yield from (_named(phrase) for _, phrase in _NEEDS.values())
    for function in ast.walk(ast.parse(_REASONS.read_text())):
        if isinstance(function, ast.FunctionDef) and function.name == "_in_words":
            yield from _returned(function)


def _of_scopes() -> Iterator[str]:
    yield from (scope.use for scope in SCOPES)


def _of_outlooks() -> Iterator[str]:
    """What becomes of a session's meeting when its host disconnects."""
    yield from (str(field.default) for field in fields(DisconnectPreview) if isinstance(field.default, str))
    yield from (disconnect_provider._OUT_OF_REACH, disconnect_provider._ELSEWHERE)


def _returned(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value is not None:
            yield _numbered(node.value)


def _named(template: str) -> str:
    return template.replace("{", "{{").replace("}", "}}")


def _numbered(node: ast.expr) -> str:
    """A constant as it is; in an f-string each value by its place."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if not isinstance(node, ast.JoinedStr):
        return ""
    count = 0
    text = ""
    for part in node.values:
        if isinstance(part, ast.Constant):
            text += str(part.value)
        else:
            count += 1
            text += f"{{{{{count}}}}}"
    return text


def catalogue(name: str) -> dict[str, str]:
    return msgspec.json.decode((ROOT / "entrypoints/web/words" / name).read_bytes(), type=dict[str, str])


WORDS: Path = ROOT / "entrypoints/web/words"
