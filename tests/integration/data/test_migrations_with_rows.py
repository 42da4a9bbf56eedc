"""Migrations up and down with rows in every table keep all data that the schema can hold."""

from pathlib import Path

import psycopg
import pytest

from adapters.postgres.operations.migrate import current, downgrade, upgrade
from tests.audit import every_session
from tests.integration.data.commands import calendra
from tests.integration.data.conftest import Filled
from tests.integration.data.renamed import with_present_names
from tests.integration.data.rows import Rows, counted, rows
from tests.integration.postgres.catalogue import announcers, shape
from tests.real_processes import ADMIN, ROOT
from tests.tally import tally

pytestmark = pytest.mark.slow

REVISIONS = sorted(
    file.name.partition("_")[0] for file in (ROOT / "adapters/postgres/migrations/versions").glob("[0-9]*.py")
)
_UNPROVED = """
    SELECT conname::text FROM pg_constraint WHERE NOT convalidated
    UNION ALL SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid
"""


def test_rows_survive_every_step_down_and_up_again(filled: Filled, copied: str, tmp_path: Path) -> None:
    assert current(copied) == REVISIONS[-1]
    whole, head = rows(copied), (shape(copied), announcers(copied))
    kept, lost = 0, list[str]()
    for below in reversed(REVISIONS[:-1]):
        downgrade(copied, below)
        assert current(copied) == below
        there = with_present_names(rows(copied))
        lost += _missing(f"down to {below}", whole, there, there)
        upgrade(copied)
        lost += _missing(f"up from {below}", there, rows(copied), there)
        kept += sum(map(len, there.values()))
        assert _column(copied, _UNPROVED) == []
        assert (shape(copied), announcers(copied)) == head
    steps = 2 * (len(REVISIONS) - 1)
    tally("Data care", "migrations", steps=steps, rows=2 * kept, lost=len(lost))
    assert lost == []
    assert kept > 100
    with filled.alive(copied, tmp_path) as running:
        running.serve()
        admin = running.browser(ADMIN)
        shown = {one["title"]: one["meeting"]["status"] for one in every_session(admin)}
        assert (shown["ready"], shown["made while down"], shown["refused"]) == ("ready", "waiting", "failed")
        [once] = [one for one in every_session(admin) if one["title"] == "in person"]
        admin.api("PATCH", f"/api/bookings/{once['id']}", json={"title": "still here"}).raise_for_status()


def _missing(step: str, before: Rows, after: Rows, held: Rows) -> list[str]:
    """Rows that are gone or changed, in the tables and columns that `held` has."""
    gone = []
    for table, its_rows in held.items():
        if not before[table]:
            continue
        columns = set.intersection(*(set(it[0]) for it in (its_rows, before[table], after[table]) if it))
        missing = counted(before[table], columns) - counted(after[table], columns)
        gone += [f"{step}: {table}: {row.decode()}" for row in missing.elements()]
    return gone


def _column(address: str, question: str) -> list[str]:
    with psycopg.connect(address) as connection:
        return [row[0] for row in connection.execute(question.encode()).fetchall()]


def test_who_holds_a_table_stops_a_migration_and_not_everybody(filled: Filled, copied: str) -> None:
    """A backup locks all tables for as long as it runs. A migration that waited for it would block all statements."""
    downgrade(copied, "0003")
    environment = filled.environment | {"CALENDRA_DATABASE_URL": copied}
    with psycopg.connect(copied) as holder:
        holder.execute("SELECT count(*) FROM accounts")
        said = calendra(environment, "migrate")
        assert (said.exit_code, "Nothing was changed. Try again." in said.stderr) == (1, True), said.stderr
        assert current(copied) == "0003"
        assert _column(copied, "SELECT name FROM accounts")
    assert calendra(environment, "migrate").exit_code == 0
    assert current(copied) == REVISIONS[-1]
