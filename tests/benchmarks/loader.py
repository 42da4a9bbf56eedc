"""The load's process, seen from the benchmark."""

import subprocess
import sys
from types import TracebackType
from typing import Self

import msgspec

from tests.benchmarks.load import Job, Result
from tests.real_processes import ROOT


class Loader:
    def __enter__(self) -> Self:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.load"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.communicate(timeout=10)

    def run(self, job: Job) -> Result:
        assert self._child.stdin
        assert self._child.stdout
        self._child.stdin.write(msgspec.json.encode(job) + b"\n")
        self._child.stdin.flush()
        result = msgspec.json.decode(self._child.stdout.readline(), type=Result)
        if result.surprise:
            raise RuntimeError(f"an answer that was not expected:\n{result.surprise[:2000]}")
        return result
