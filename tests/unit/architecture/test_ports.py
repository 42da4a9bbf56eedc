"""A port's file holds interfaces. What they take and return is in the package of its concept."""

import ast
from pathlib import Path

from tests.unit.architecture.imports import ROOT, files

_BASES = {"Protocol", "Exception"}  # an exception that only the port's callers know


def _values(file: Path) -> list[str]:
    classes = [node for node in ast.parse(file.read_text()).body if isinstance(node, ast.ClassDef)]
    return [
        one.name for one in classes if not any(isinstance(base, ast.Name) and base.id in _BASES for base in one.bases)
    ]


def test_ports_are_protocols() -> None:
    values = [f"{file.relative_to(ROOT)}: {name}" for file in files("domain/ports") for name in _values(file)]
    assert values == []


def test_every_method_of_a_port_is_abstract() -> None:
    concrete = [
        f"{file.relative_to(ROOT)}: {method.name}"
        for file in files("domain/ports")
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef)
        and not any(isinstance(one, ast.Name) and one.id == "abstractmethod" for one in method.decorator_list)
    ]
    assert concrete == []
