"""The commands of the README do what it says."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.demos import own_demo
from tests.integration.commands.make import targets
from tests.real_processes import ROOT

README = (ROOT / "README.md").read_text()
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_every_make_target_that_it_names_exists() -> None:
    named = set(re.findall(r"\bmake ([a-z][a-z-]+)", "\n".join(body for _, body in _BLOCK.findall(README))))
    assert {"demo", "test"} <= named <= targets()


@pytest.mark.slow
def test_the_example_of_the_api_answers(tmp_path: Path) -> None:
    example = next(body for language, body in _BLOCK.findall(README) if language == "sh")
    with own_demo(tmp_path / "demo") as (calendra, _):
        ended = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", example.replace("http://localhost:8000", calendra)],
            cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert '"items":' in ended.stdout
    assert "Ana Novak" in ended.stdout
