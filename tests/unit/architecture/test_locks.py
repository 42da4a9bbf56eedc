"""Lock files name every package by version and hash, and no address."""

import re
import tomllib
from importlib.util import find_spec

import pytest

from tests.unit.architecture.imports import ROOT

_LOCKS = ["requirements.lock", "requirements-dev.lock"]


def _pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", _LOCKS)
def test_locks_name_no_address(lock: str) -> None:
    assert re.findall(r"\w+://\S*|--(?:index|extra-index|find-links)\S*", (ROOT / lock).read_text()) == []


@pytest.mark.parametrize("lock", _LOCKS)
def test_every_package_has_a_hash(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_both_locks_agree() -> None:
    running, developing = _pins("requirements.lock"), _pins("requirements-dev.lock")
    assert running
    assert running == {name: developing.get(name) for name in running}


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = {re.split(r"[\[<>=~!; ]", wanted)[0] for wanted in project["project"]["dependencies"]}
    assert names - set(_pins("requirements.lock")) == set()


def test_the_successor_of_httpx_stays_out() -> None:
    """Some libraries silently prefer it when it is installed, and respx does not intercept it."""
    assert find_spec("httpx2") is None
    assert "httpx2" not in _pins("requirements-dev.lock")
