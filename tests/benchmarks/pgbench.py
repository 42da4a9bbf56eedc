"""The database's own limit: the same statements by pgbench, without any Python."""

import re
import shutil
import subprocess
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from psycopg.conninfo import conninfo_to_dict

from demo.embedded_postgres.binaries import find_binaries
from tests.benchmarks import questions as ask
from tests.benchmarks.practice import FIRST_WEEK, FREE_FROM, ID_OF_NUMBER, IN_A_WEEK, WEEKS, Practice
from tests.benchmarks.raw_endpoint import LONGEST, json_text
from tests.real_processes import ANA, BORIS

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_RATE = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)
_CLIENTS = "16"


def program() -> str | None:
    beside = [find_binaries().folder / "pgbench", *sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))]
    return next((str(path) for path in beside if path.exists()), shutil.which("pgbench"))


class PgBench:
    def __init__(self, path: str, practice: Practice) -> None:
        self._path = path
        self._practice = practice
        self._runs = 0
        given = conninfo_to_dict(practice.database)
        names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password", "PGDATABASE": "dbname"}
        self._environment = {variable: str(given[name]) for variable, name in names.items() if given.get(name)}

    def rate(self, script: str, seconds: float) -> float:
        """Runs of the script a second. Each run of pgbench saves into hours of its own, a century after ours."""
        self._runs += 1
        with TemporaryDirectory() as folder:
            file = Path(folder) / "script.sql"
            file.write_text(script)
            done = subprocess.run(
                [self._path, "-n", "-M", "prepared", "-c", _CLIENTS, "-j", "1", "-T", str(max(1, round(seconds))),
                 "-D", f"run={self._runs}", "-D", "i=0", "-f", str(file)],
                env=self._environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
        rate = _RATE.search(done.stdout)
        if done.returncode or not rate:
            raise RuntimeError(f"pgbench failed:\n{done.stderr[-2000:]}")
        return float(rate.group(1))

    @cached_property
    def read_one(self) -> str:
        values = {"organization_id": _uuid(self._practice.organization), "id": ID_OF_NUMBER.format(number=":number")}
        return f"\\set number random(0, {WEEKS * IN_A_WEEK - 1})\n{_filled(ask.READ_ONE, values)}"

    @cached_property
    def list_week(self) -> str:
        first = f"timestamptz '{FIRST_WEEK.isoformat()}'"
        values = {
            "organization_id": _uuid(self._practice.organization),
            "consultant_id": _uuid(self._practice.people[BORIS]),
            "starts_from": f"({first} + :week * interval '7 days')",
            "starts_before": f"({first} + (:week + 1) * interval '7 days')",
            "longest": f"interval '{LONGEST // timedelta(hours=1)} hours'",
            "most": "51",
        }
        return f"\\set week random(0, {WEEKS - 1})\n{_filled(ask.LIST_WEEK, values)}"

    @cached_property
    def save(self) -> str:
        """The save's eight statements in their transactions; no provider is called in between."""
        values = self._save_values()
        parts = [
            "\\set i :i + 1",
            "\\set number :run * 100000000 + :client_id * 1000000 + :i",
            "\\set hour :run * 3200000 + :client_id * 200000 + :i",
            "BEGIN;", ask.KNOWN_CLIENTS, ask.FIND_CONNECTION, ask.ADD_BOOKING, ask.ADD_ENTRY, "COMMIT;",
            "BEGIN;", ask.LOCK_BOOKING, ask.ADD_ENTRY, ask.SAVE_BOOKING, "COMMIT;",
            ask.READ_ONE,
        ]  # fmt: skip
        return "\n".join(_filled(part, values) for part in parts)

    def _save_values(self) -> dict[str, str]:
        organization, ana = _uuid(self._practice.organization), _uuid(self._practice.people[ANA])
        clients = f"'{{{','.join(map(str, self._practice.clients[:2]))}}}'"
        this = ID_OF_NUMBER.format(number="(:number)").replace("0000-4000", "0001-4000")
        starts_at = f"(timestamptz '{FREE_FROM.isoformat()}' + interval '100 years' + :hour * interval '1 hour')"
        entry = {"action": "booked", "reason": "new", "outcome": "done", "answer": "", "facts": {}}
        line = f"jsonb_build_object('organization_id', {organization}, 'subject_id', {this}, 'at', now())"
        return {
            "organization_id": organization, "here": organization, "id": this, "this": this,
            "consultant_id": ana, "provider": "'zoom'", "ids": clients, "client_ids": clients,
            "starts_at": starts_at, "ends_at": f"({starts_at} + interval '50 minutes')", "zone": "'Europe/Ljubljana'",
            "title": "'Career review'", "notes": "'As agreed last week.'", "online": "true", "status": "'planned'",
            "version": "1", "reconciliation": "'{\"reason\":\"new\",\"markers\":1}'",
            "meeting": f"'{json_text({'status': 'ready', 'join_link': 'https://zoom.example/j/1'})}'",
            "search_key": "'career review'",
            "creation_organization_id": organization, "creation_key": this, "creation_object_id": this,
            "creation_content": "'00112233445566778899aabbccddeeff'", "creation_asked_at": "now()",
            "hosts": "'{}'", "due_at": "NULL", "lease_token": "NULL", "lease_until": "NULL",
            "entries": f"(jsonb_build_array({line} || '{json_text(entry)}'))",
        }  # fmt: skip


def _filled(statement: str, values: dict[str, str]) -> str:
    """On one line with a semicolon, as pgbench wants it, with its variables in the place of ours."""
    filled = _PLACEHOLDER.sub(lambda found: values[found.group(1)], statement)
    line = " ".join(filled.split())
    return line if line.startswith("\\") or line.endswith(";") else f"{line};"


def _uuid(value: UUID) -> str:
    return f"'{value}'::uuid"
