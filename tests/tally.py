"""What tests of faults count, for the tables that `make faults` prints."""

import json
import os
from pathlib import Path

TALLIES = "TEST_TALLIES"  # the folder for the counts; without it nothing is written down

# Each of these has to stay zero.
LOSSES = frozenset(
    (
        "lost",
        "doubled",
        "left behind",
        "different",
        "stuck",
        "untrue",
        "leaked",
        "let in",
        "locked out",
        "server errors",
        "failed",
    )
)


def tally(table: str, row: str, **counts: int) -> None:
    """Adds to a row of a table; an underscore in a column's name is shown as a space. Counts of the same row and
    column are added up over all tests and processes."""
    if folder := os.environ.get(TALLIES):
        line = {"table": table, "row": row, "counts": {name.replace("_", " "): of for name, of in counts.items()}}
        with (Path(folder) / f"{os.getpid()}.jsonl").open("a") as file:
            file.write(json.dumps(line) + "\n")
