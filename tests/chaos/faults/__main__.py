"""Runs the tests that inject faults and prints what they counted; ends with 1 when anything was lost.

python -m tests.chaos.faults                 the quick part, which every full test run has too
python -m tests.chaos.faults --minutes 30    the long part: random kills under load for this time
python -m tests.chaos.faults integration/data  of either, this part of tests/ alone
"""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from tests.chaos.faults.tables import losses, read, show
from tests.tally import TALLIES

ROOT = Path(__file__).parents[3]
QUICK = (
    "chaos/faults",
    "chaos/model",
    "chaos/soak",
    "chaos/crash",
    "integration/security",
    "integration/webhooks",
    "integration/data",
)
LONG = ("chaos/soak", "chaos/model", "chaos/faults/test_matrix.py", "integration/security/test_api_document.py")
MINUTES = "TEST_MINUTES"


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.chaos.faults")
    parser.add_argument("--minutes", type=float, help="the long part, for so long")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("parts", nargs="*", help="folders or files of tests/; without any all that belong to it")
    chosen = parser.parse_args()
    console = Console(width=max(Console().width, 150))
    with TemporaryDirectory(prefix="calendra-tallies-") as folder:
        ended = _tests(folder, chosen.minutes, chosen.workers, chosen.parts)
        tables = read(Path(folder))
    show(tables, console)
    lost = losses(tables)
    for what, count in lost.items():
        console.print(f"LOSS: {what}: {count}")
    if ended == 0 and not lost:
        console.print("Nothing lost, nothing doubled, nothing left behind, nobody let in.")
    return 1 if ended or lost or not tables else 0


def _tests(folder: str, minutes: float | None, workers: int, parts: list[str]) -> int:
    paths = [f"tests/{name}" for name in parts or (QUICK if minutes is None else LONG)]
    environment = {**os.environ, TALLIES: folder}
    if minutes is not None:  # each part takes the given time, and this many run at once
        environment[MINUTES] = str(minutes * workers / len(paths))
    pytest = [sys.executable, "-m", "pytest", "-q", "-n", str(workers), *paths]
    if minutes is not None:
        pytest += ["-o", "faulthandler_timeout=0"]  # the long part takes the given time
    return subprocess.run(pytest, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
