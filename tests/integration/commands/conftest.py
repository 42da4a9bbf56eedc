"""A copy of the sources, for the commands that change them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.real_processes import ROOT

_MADE = (".venv", "entrypoints/web/node_modules", "entrypoints/web/generated")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """All files that git tracks or would track, and links to what `make` has made."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tmp_path / name)
    for name in _MADE:
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path
