"""Runs each attack against a real server and prints its figures with their bounds; ends with 1 when one is exceeded.

python -m tests.chaos.attacks                 each attack for 20 seconds
python -m tests.chaos.attacks --seconds 60    for longer
python -m tests.chaos.attacks unknown         those whose name contains this word
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from tests.chaos.attacks.all_attacks import ATTACKS
from tests.chaos.attacks.figures import Figure
from tests.chaos.attacks.target import target
from tests.database import fresh_database, migrated_server


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.chaos.attacks")
    parser.add_argument("--seconds", type=float, default=20.0, help="for each attack")
    parser.add_argument("words", nargs="*", help="only attacks whose names contain one of these")
    chosen = parser.parse_args()
    attacks = [one for one in ATTACKS if not chosen.words or any(word in one.__name__ for word in chosen.words)]
    figures: list[Figure] = []
    with migrated_server() as server, TemporaryDirectory(prefix="calendra-attacks-") as folder:
        for attack in attacks:
            with fresh_database(server) as address, target(address, _new(folder, attack.__name__)) as attacked:
                figures += attack(attacked, chosen.seconds)
    console = Console(width=max(Console().width, 130))
    console.print(_table(figures))
    exceeded = [one for one in figures if not one.held]
    console.print(f"{len(exceeded)} exceeded." if exceeded else "All figures are within their bounds.")
    return 1 if exceeded or not figures else 0


def _new(folder: str, name: str) -> Path:
    path = Path(folder) / name
    path.mkdir()
    return path


def _table(figures: Iterable[Figure]) -> Table:
    table = Table(title="Attacks", title_justify="left")
    for column in ("attack", "what", "figure", "bound", ""):
        table.add_column(column, justify="right" if column == "figure" else "left")
    before = ""
    for one in figures:
        held = "" if one.held else "EXCEEDED"
        table.add_row(one.attack if one.attack != before else "", one.what, f"{one.value:g}", one.bound, held)
        before = one.attack
    return table


if __name__ == "__main__":
    sys.exit(main())
