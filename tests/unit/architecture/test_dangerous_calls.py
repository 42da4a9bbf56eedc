"""The product starts no program, runs no text as code, and unpacks no format that could."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.real_processes import ROOT

MODULES = [
    file
    for ring in ("domain", "application", "adapters", "entrypoints")
    for file in sorted((ROOT / ring).rglob("*.py"))
    if "web" not in file.relative_to(ROOT).parts  # builds the page, and is not installed
]
PAGE = [
    file
    for kind in ("*.ts", "*.tsx", "*.js")
    for file in sorted((ROOT / "entrypoints" / "web").rglob(kind))
    if not {"node_modules", "dist", "generated"} & set(file.relative_to(ROOT).parts)
]
_PACKAGES = {"subprocess", "multiprocessing", "pickle", "marshal", "shelve", "xml", "lxml", "yaml", "jinja2", "ctypes"}
_FUNCTIONS = {"eval", "exec", "compile", "__import__", "system", "popen", "import_module"}
_IN_THE_PAGE = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|\beval\(|new Function\(|__proto__"
)


def dangerous(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (one.name for one in names if one.name.split(".")[0] in _PACKAGES)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in _PACKAGES:
                yield module
            case ast.Call(func=ast.Name(id=called)) if called in _FUNCTIONS:
                yield called
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=called)) if called in _FUNCTIONS:
                if owner != "re":
                    yield f"{owner}.{called}"


def test_no_module_of_the_product_does() -> None:
    found = {str(file.relative_to(ROOT)): list(dangerous(file.read_text())) for file in MODULES}
    assert {file: names for file, names in found.items() if names} == {}
    assert len(found) > 300


def assembled_expressions(source: str) -> Iterator[int]:
    """The lines of calls of `re` whose expression is no constant."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=called), args=[first, *_]):
                if called != "escape" and not isinstance(first, ast.Constant):
                    yield node.lineno


def test_regular_expressions_are_constants() -> None:
    found = {str(file.relative_to(ROOT)): list(assembled_expressions(file.read_text())) for file in MODULES}
    assert {file: lines for file, lines in found.items() if lines} == {}
    assert list(assembled_expressions("re.search(name, text)"))


def test_no_file_of_the_page_writes_html_or_runs_text() -> None:
    found = {str(file.relative_to(ROOT)): _IN_THE_PAGE.findall(file.read_text()) for file in PAGE}
    assert {file: names for file, names in found.items() if names} == {}
    assert len(found) > 100


@pytest.mark.parametrize(
    "source", ["import subprocess", "from xml.etree import ElementTree", "eval(text)", "os.system(text)"]
)
def test_such_a_call_would_be_found(source: str) -> None:
    assert list(dangerous(source))
