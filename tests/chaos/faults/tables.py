"""The tables of `make faults`, from what the tests counted."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.tally import LOSSES

Tables = dict[str, dict[str, Counter[str]]]


def read(folder: Path) -> Tables:
    tables: Tables = {}
    for file in sorted(folder.glob("*.jsonl")):
        for line in map(json.loads, file.read_text().splitlines()):
            tables.setdefault(line["table"], {}).setdefault(line["row"], Counter()).update(line["counts"])
    return tables


def losses(tables: Tables) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, rows in tables.items():
        for counts in rows.values():
            found.update({f"{name}: {column}": of for column, of in counts.items() if column in LOSSES and of})
    return found


def show(tables: Tables, console: Console) -> None:
    for name in sorted(tables):
        console.print(_table(name, tables[name]))


def _table(name: str, rows: Mapping[str, Counter[str]]) -> Table:
    columns = list(dict.fromkeys(column for counts in rows.values() for column in counts))
    table = Table(title=name, title_justify="left", show_footer=len(rows) > 1)
    table.add_column("", footer="together")
    for column in columns:
        together = sum(counts[column] for counts in rows.values())
        table.add_column(column, justify="right", footer=str(together))
    for row in sorted(rows):
        table.add_row(row, *(str(rows[row].get(column, "")) for column in columns))
    return table
