"""A process that owns an embedded server: a script that prints when it is ready, and then waits."""

import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from demo.embedded_postgres import EmbeddedPostgres
from tests.integration.embedded_postgres.rows import write_row


class Owner:
    def __init__(self, state: Path) -> None:
        command = [sys.executable, "-m", "tests.integration.embedded_postgres.owner", str(state)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Self:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


def main() -> None:
    with EmbeddedPostgres(Path(sys.argv[1])) as postgres:
        write_row(postgres.address, "committed")
        print("ready", flush=True)
        time.sleep(120)


if __name__ == "__main__":
    main()
