"""The guide to adding a provider is correct: its code, in the files that it names, makes a working provider."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.real_processes import ROOT

pytestmark = pytest.mark.slow

GUIDE = (ROOT / "docs" / "adding-a-provider.md").read_text()
_BLOCK = re.compile(r"^`(?P<file>[\w/]+\.py)`:\n\n```(?P<language>python|diff)\n(?P<text>.*?)^```$", re.M | re.S)
_FENCE = re.compile(r"^```(?:python|diff)$", re.M)
BLOCKS = list(_BLOCK.finditer(GUIDE))
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", "dist", "generated")


def test_every_block_of_code_names_its_file() -> None:
    assert len(BLOCKS) == len(_FENCE.findall(GUIDE)) > 7


def test_a_provider_touches_its_folder_one_registration_and_its_tests() -> None:
    changed = {block["file"] for block in BLOCKS if block["language"] == "diff"}
    added = {block["file"] for block in BLOCKS} - changed
    assert changed == {"entrypoints/registered_providers.py"}
    assert {name for name in added if not name.startswith(("adapters/vidra/", "tests/"))} == set()


def test_what_the_guide_says_makes_a_provider(tmp_path: Path) -> None:
    _copy_sources(tmp_path)
    (tmp_path / "adapters" / "vidra").mkdir()
    (tmp_path / "adapters" / "vidra" / "__init__.py").touch()
    for block in BLOCKS:
        file = tmp_path / block["file"]
        file.write_text(block["text"] if block["language"] == "python" else _changed(file.read_text(), block["text"]))
    said = _run(tmp_path, "pytest", "-q", "-n0", "-p", "no:cacheprovider", *_TESTS)
    assert re.search(r"^\d{2} passed", said, re.M), said
    _run(tmp_path, "ruff", "check", "--no-cache", "adapters/vidra", "entrypoints/registered_providers.py")
    _run(tmp_path, "ruff", "format", "--no-cache", "--check", "adapters/vidra", "entrypoints/registered_providers.py")
    _done(tmp_path, [str(Path(sys.executable).with_name("lint-imports"))])


_TESTS = ("tests/contract/test_vidra.py", "tests/integration/docs/vidra_booking.py")


def _copy_sources(folder: Path) -> None:
    for name in ("domain", "application", "adapters", "entrypoints", "demo", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=_LEFT_OUT)
    shutil.copy2(ROOT / "pyproject.toml", folder)


def _changed(text: str, diff: str) -> str:
    """Applies hunks that are told apart by @@ lines and found by their own text."""
    for hunk in diff.split("@@\n"):
        lines = hunk.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def _run(folder: Path, *words: str) -> str:
    return _done(folder, [sys.executable, "-m", *words])


def _done(folder: Path, command: list[str]) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
