"""Backup and restore: the same rows, the same tables, the same service, and everything that waited goes on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from adapters.postgres.operations.migrate import current
from tests.audit import audit, every_session, reconciled
from tests.browser import Browser
from tests.integration.data.commands import calendra, empty_database
from tests.integration.data.conftest import Filled
from tests.integration.data.dumps import back_up, restore
from tests.integration.data.rows import counted, rows
from tests.integration.postgres.catalogue import announcers, shape
from tests.real_processes import ADMIN, BORIS, Service
from tests.running_practice import RunningPractice
from tests.tally import tally
from tests.walk import wait_until

pytestmark = pytest.mark.slow

TABLE, ROW = "Data care", "backup and restore"
_TWICE = """
    INSERT INTO bookings SELECT (jsonb_populate_record(b, jsonb_build_object('id', gen_random_uuid()))).*
    FROM bookings b WHERE title = 'ready'
"""


@pytest.fixture(scope="module")
def dumped(filled: Filled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return back_up(filled.database, tmp_path_factory.mktemp("backups"))


@pytest.fixture
def restored(filled: Filled, dumped: Path) -> Iterator[str]:
    with empty_database(filled.server) as address:
        restore(address, dumped)
        yield address


def test_only_its_owner_may_read_a_backup(dumped: Path) -> None:
    assert dumped.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in dumped.parent.iterdir()] == [dumped.name]


def test_every_row_of_every_table_comes_back(filled: Filled, restored: str) -> None:
    before, after = rows(filled.database), rows(restored)
    lost = sum((counted(table) - counted(after.get(name, []))).total() for name, table in before.items())
    different = sum((counted(table) - counted(before.get(name, []))).total() for name, table in after.items())
    whole = sum(map(len, before.values()))
    tally(TABLE, ROW, tables=len(before), rows=whole, lost=lost, different=different)
    assert [name for name, table in before.items() if not table] == [], "the practice has something of everything"
    assert (lost, different, before.keys()) == (0, 0, after.keys())
    assert current(restored) == current(filled.database)
    assert shape(restored) == shape(filled.database)
    assert _unbracketed(announcers(restored)) == _unbracketed(announcers(filled.database))


def _unbracketed(known: dict[str, str]) -> dict[str, str]:
    """A condition that was read back once has other, equal brackets."""
    return {name: what.replace("(", "").replace(")", "") for name, what in known.items()}


def test_what_the_database_itself_guards_is_guarded_again(restored: str) -> None:
    with psycopg.connect(restored, autocommit=True) as one, psycopg.connect(restored, autocommit=True) as other:
        with pytest.raises(psycopg.errors.ExclusionViolation):
            other.execute(_TWICE)
        one.execute("LISTEN calendra_changes")
        other.execute("UPDATE bookings SET title = 'heard' WHERE title = 'ready'")
        heard = list(one.notifies(timeout=5, stop_after=1))
        assert '"booking"' in heard[0].payload
        before = _newest(other)
        other.execute(
            "INSERT INTO audit_log (organization_id, subject_id, at, action, answer, facts)"
            " VALUES (%s, %s, now(), 'seen', '', '{}')",
            [uuid4(), uuid4()],
        )
        assert _newest(other) > before  # numbers go on, none is given twice


def _newest(connection: psycopg.Connection[Any]) -> int:
    found = connection.execute("SELECT max(number) FROM audit_log").fetchone()
    assert found
    return int(found[0])


def test_the_service_shows_the_same_and_finishes_what_waited(
    filled: Filled, copied: str, restored: str, tmp_path: Path
) -> None:
    with filled.alive(copied, tmp_path) as running:
        running.serve()
        before = _shown(running.browser(ADMIN))
    with filled.alive(restored, tmp_path, worker_in_web="true") as running:
        running.serve(worker_in_web="false")
        assert _shown(running.browser(ADMIN)) == before
        running.serve()
        RunningPractice(running).connect(BORIS)
        _reconcile(running, restored)


def _shown(admin: Browser) -> dict[str, Any]:
    """What the pages of an admin ask for."""
    paths = ("/api/clients", "/api/erasures", "/api/me", "/api/drafts")
    shown: dict[str, Any] = {path: admin.api("GET", path).raise_for_status().json() for path in paths}
    shown["board"] = [
        {name: value for name, value in one.items() if name != "connections"}
        | {"connections": [(it["provider"], it["status"], it["account"]) for it in one["connections"]]}
        for one in admin.api("GET", "/api/consultants").raise_for_status().json()
    ]
    shown["sessions"] = every_session(admin)
    shown["audit_log"] = [
        admin.api("GET", f"/api/bookings/{one['id']}/history").raise_for_status().json() for one in shown["sessions"]
    ]
    return shown


def _reconcile(running: Service, database: str) -> None:
    """Everything that can be mended by itself is; what was refused is asked for once more by its owner."""
    admin = running.browser(ADMIN)
    refused = [one for one in every_session(admin) if one["meeting"]["status"] == "failed"]
    for one in refused:
        admin.api("PATCH", f"/api/bookings/{one['id']}", json={"notes": "once more"}).raise_for_status()
    wait_until(lambda: reconciled(database), "nothing is due any more", 60)
    found = audit(admin, running.zoom, database)
    faults = {kind: len(lines) for kind, lines in found.faults.items()}
    tally(TABLE, "the service on the restored database", sessions=found.sessions, **dict.fromkeys(_KINDS, 0) | faults)
    assert found.faults == {}
    assert found.sessions > 10


_KINDS = ("lost", "doubled", "left_behind", "different", "stuck")


def test_the_doctor_reports_keys_that_do_not_fit(filled: Filled, restored: str) -> None:
    here = filled.environment | {"CALENDRA_DATABASE_URL": restored}
    stored = rows(filled.database)
    tokens = [one[name] for one in stored["connections"] for name in ("access_token", "refresh_token") if one[name]]
    encrypted = len(tokens) + len(stored["authorization_requests"])
    wrong = calendra(here | {"CALENDRA_TOKEN_KEYS": f"{'A' * 43}="}, "doctor")
    assert wrong.exit_code == 1
    assert f"{encrypted} stored secrets were encrypted with a key that is not in CALENDRA_TOKEN_KEYS." in wrong.output
    assert "stored secrets" not in calendra(here, "doctor").output


def test_a_backup_beside_the_running_service_is_of_one_moment(filled: Filled, copied: str, tmp_path: Path) -> None:
    """A session and its audit entry are saved together; a dump has both or neither."""
    with psycopg.connect(copied) as half_way:
        half_way.execute("UPDATE bookings SET title = 'not yet committed' WHERE title = 'ready'")
        file = back_up(copied, tmp_path)
    with empty_database(filled.server) as address:
        restore(address, file)
        assert sorted(map(str, rows(address)["bookings"])) == sorted(map(str, rows(filled.database)["bookings"]))
