"""The practice that is measured: who is there, two thousand sessions to read, and free hours to save into."""

import itertools
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import psycopg

from adapters.postgres.operations.migrate import upgrade
from demo.embedded_postgres import EmbeddedPostgres
from tests.benchmarks.load import Request
from tests.real_processes import ANA, BORIS, CVETA, Service, service
from tests.running_practice import RunningPractice

WEEKS = 40
IN_A_WEEK = 50
FIRST_WEEK = datetime(2035, 1, 1, tzinfo=UTC)
FREE_FROM = datetime(2040, 1, 1, tzinfo=UTC)

# Ids that pgbench can work out from a number, too.
ID_OF_NUMBER = "('00000000-0000-4000-8000-' || lpad(({number})::text, 12, '0'))::uuid"

_SESSIONS = f"""
INSERT INTO bookings (
    organization_id, id, consultant_id, client_ids, starts_at, ends_at, zone, title, notes, online, provider, status,
    version, reconciliation, meeting, hosts
)
SELECT
    %(organization)s, {ID_OF_NUMBER.format(number="number")}, %(consultant)s, %(clients)s, starts_at,
    starts_at + interval '50 minutes', 'Europe/Ljubljana', 'Session ' || number, 'As agreed last week.', true, 'zoom',
    'planned', 1, '{{}}', %(meeting)s, '{{}}'
FROM generate_series(0, %(weeks)s * %(in_a_week)s - 1) number,
    LATERAL (SELECT %(first)s + (number / %(in_a_week)s) * interval '7 days'
        + (number %% %(in_a_week)s) * interval '3 hours' AS starts_at) slot
"""  # noqa: S608 - put together from a constant of ours
_READY = {
    "status": "ready", "reason": None, "detail": "", "until": None, "waits_for": None,
    "join_link": "https://zoom.example/j/85123456789?pwd=0123456789abcdef0123456789abcdef.1", "removing": 0, "stuck": 0,
}  # fmt: skip


class Practice(RunningPractice):
    def __init__(self, running: Service, organization: UUID, people: dict[str, UUID]) -> None:
        super().__init__(running)
        self.organization, self.people = organization, people
        self._hours = itertools.count()

    def free_slot(self) -> tuple[datetime, datetime]:
        """Another one each time; nobody has a session then."""
        starts_at = FREE_FROM + timedelta(hours=next(self._hours))
        return starts_at, starts_at + timedelta(minutes=50)

    def body(self) -> str:
        """An online session of Ana with two clients."""
        starts_at, ends_at = self.free_slot()
        times = {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}
        return json.dumps(
            self.form(ANA, "Career review", notes="As agreed last week.", client_ids=self.clients[:2]) | times
        )

    def logged_in(self, email: str) -> dict[str, str]:
        """The headers of a browser in which this person is signed in."""
        browser = self.of(email)
        browser.api("GET", "/api/me").raise_for_status()
        cookies = dict(browser.http.cookies)
        return {
            "cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "x-csrftoken": cookies["calendra_csrf"],
            "accept": "application/json",
        }


@contextmanager
def practice() -> Iterator[Practice]:
    """A database server as `calendra demo` has it, the sandbox, and one web process as `calendra serve` starts it."""
    with ExitStack() as parts:
        folder = Path(parts.enter_context(TemporaryDirectory(prefix="calendra-bench-")))
        database = parts.enter_context(EmbeddedPostgres(folder / "postgres")).address
        upgrade(database)
        running = parts.enter_context(service(database, folder))
        running.zoom.configure(daily_limit=10_000_000, webhook_url="")
        running.serve(module=("entrypoints.cli.__main__", "serve"))  # a process of its own, not a fork
        found = _filled(running, database)
        for email in (BORIS, CVETA):
            found.connect(email)
        yield found


def _filled(running: Service, database: str) -> Practice:
    with psycopg.connect(database, autocommit=True) as connection:
        accounts = connection.execute("SELECT organization_id, email, id FROM accounts").fetchall()
        people = {email: id_ for _, email, id_ in accounts}
        found = Practice(running, accounts[0][0], people)
        values = {
            "organization": found.organization,
            "consultant": people[BORIS],
            "clients": [UUID(one) for one in found.clients[:2]],
            "meeting": json.dumps(_READY),
            "weeks": WEEKS,
            "in_a_week": IN_A_WEEK,
            "first": FIRST_WEEK,
        }
        connection.execute(_SESSIONS, values)
        connection.execute("VACUUM ANALYZE")
    return found


def session_paths(path: str) -> list[str]:
    """Of sessions all over the weeks, in an order that jumps about."""
    numbers = ((step * 739) % (WEEKS * IN_A_WEEK) for step in range(500))
    return [path.format(id=f"00000000-0000-4000-8000-{number:012}") for number in numbers]


def week_paths(path: str) -> list[str]:
    weeks = (FIRST_WEEK + timedelta(weeks=number) for number in range(WEEKS))
    return [
        path.format(start=f"{week:%Y-%m-%dT00:00:00Z}", until=f"{week + timedelta(weeks=1):%Y-%m-%dT00:00:00Z}")
        for week in weeks
    ]


def gets(paths: list[str], headers: dict[str, str]) -> list[Request]:
    return [Request("GET", path, headers) for path in paths]
