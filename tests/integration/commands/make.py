"""The targets of the Makefile, and how to run one as a person does."""

import os
import re
import subprocess
from pathlib import Path

from tests.real_processes import ROOT

MAKEFILE = (ROOT / "Makefile").read_text()
_TARGET = re.compile(r"^([a-z][a-z0-9-]*):", re.MULTILINE)

# Set by the test run around this one; a command that a person starts has none of it.
_OF_PYTEST = ("PYTEST_", "MAKE", "MFLAGS", "TEST_")


def targets() -> set[str]:
    return set(_TARGET.findall(MAKEFILE))


def make(*arguments: str, folder: Path = ROOT, seconds: float = 300) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_OF_PYTEST)}
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
        check=False,
    )
