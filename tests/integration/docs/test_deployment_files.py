"""The systemd unit of the guide and the Containerfile keep what they promise."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.real_processes import ROOT

_GUIDE = (ROOT / "docs" / "production.md").read_text()
_UNIT = re.search(r"```ini\n(\[Unit\].*?)```", _GUIDE, re.DOTALL)
_CONTAINERFILE = (ROOT / "Containerfile").read_text()


def test_the_unit_is_hardened(tmp_path: Path) -> None:
    """By systemd's own measure, in tenths: 100 is a service without any protection."""
    assert _UNIT
    analyse = shutil.which("systemd-analyze")
    if analyse is None:
        pytest.skip("systemd-analyze is not installed")
    unit = tmp_path / "calendra.service"
    unit.write_text(_UNIT[1])
    said = subprocess.run(
        [analyse, "security", "--offline=true", "--threshold=20", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stdout[-400:] + said.stderr


def test_the_container_is_rootless_and_built_from_the_lock() -> None:
    _, _, served = _CONTAINERFILE.rpartition("\nFROM ")
    users = re.findall(r"^USER (\d+):(\d+)$", served, re.MULTILINE)
    assert users
    assert "0" not in users[-1]
    assert "--require-hashes --only-binary :all: --requirement requirements.lock" in _CONTAINERFILE
    assert not re.search(r"^(ADD|RUN .*(curl|wget|apt-get))", _CONTAINERFILE, re.MULTILINE), (
        "only the lock is downloaded"
    )
    bases = re.findall(r"^FROM (\S+)", _CONTAINERFILE, re.MULTILINE)
    assert len(set(bases)) == 1, "an interpreter's environment moves only to the same interpreter"
    assert all(re.fullmatch(r"docker\.io/library/python:3\.\d+-slim-\w+", base) for base in bases)


def test_what_the_container_copies_is_what_it_needs() -> None:
    """The folders that are left out are not part of the wheel."""
    ignored = set((ROOT / ".containerignore").read_text().split())
    packages = re.search(r"^packages = \[(.*?)\]", (ROOT / "pyproject.toml").read_text(), re.MULTILINE | re.DOTALL)
    assert packages
    assert not ignored & set(re.findall(r'"([\w/]+)"', packages[1]))
