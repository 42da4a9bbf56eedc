"""The glossary names every public class of the domain; the architecture guide names files and functions that exist."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.unit.architecture.imports import ROOT, files

_ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text()
_GLOSSARY = _ARCHITECTURE.partition("\n## Glossary\n")[2]
_DECIDED = re.findall(r"^\| [^|]+\? \| `([\w/]+\.py)` \| `([\w.]+)` \|$", _ARCHITECTURE, re.MULTILINE)


def _classes(file: Path) -> list[str]:
    nodes = ast.walk(ast.parse(file.read_text()))
    return [node.name for node in nodes if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]


def _functions(body: list[ast.stmt], prefix: str = "") -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + node.name
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{node.name}.")


def test_every_public_class_of_the_domain_is_in_the_glossary() -> None:
    named = set(re.findall(r"`(\w+)`", _GLOSSARY))
    missing = [
        f"{file.relative_to(ROOT)}: {name}" for file in files("domain") for name in _classes(file) if name not in named
    ]
    assert missing == []


def test_rows_of_the_glossary_name_the_file_of_their_classes() -> None:
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \| [^|]+ \| `(domain/[\w/]+\.py)` \|$", _GLOSSARY, re.MULTILINE)
    assert len(rows) > 40
    elsewhere = [
        f"{file}: {name}"
        for names, file in rows
        for name in re.findall(r"`([A-Z]\w+)`", names)
        if name not in _classes(ROOT / file)
    ]
    assert elsewhere == []


def test_what_is_said_to_decide_exists() -> None:
    assert len(_DECIDED) >= 10
    missing = [
        f"{file}: {function}"
        for file, function in _DECIDED
        if function not in _functions(ast.parse((ROOT / file).read_text()).body)
    ]
    assert missing == []
