"""Data with a retention period is removed after the period and not before; the guide states the periods."""

import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from application import clean_up
from domain import creation
from domain.accounts import founding, invitation, login_session, reset_link, sign_in_request
from domain.booking import draft
from domain.connection import authorization_request, connect_link
from entrypoints.container import Container
from entrypoints.settings import settings_from
from tests.integration.data.rows import rows
from tests.real_processes import ROOT
from tests.tally import tally
from tests.walk import wait_until

pytestmark = pytest.mark.slow

GUIDE = (ROOT / "docs" / "production.md").read_text()
DAY = timedelta(days=1)
_HOURS = 100 * 24
# Ana, and a person for each hour: a person has one link for a new password.
_PERSON = "('00000000-0000-4000-9000-' || lpad(to_hex(n), 12, '0'))::uuid"
_PRACTICE = f"""
    INSERT INTO organizations VALUES ('00000000-0000-4000-8000-000000000001', 'Practice', 'UTC');
    INSERT INTO accounts (organization_id, id, email, name, roles, zone, password_hash)
        VALUES ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002',
            'ana@example.com', 'Ana', '{{consultant}}', 'UTC', 'none');
    INSERT INTO accounts (organization_id, id, email, name, roles, zone, password_hash)
        SELECT '00000000-0000-4000-8000-000000000001', {_PERSON}, n || '@example.com', 'P', '{{}}', 'UTC', 'none'
        FROM generate_series(0, {_HOURS - 1}) n;
"""  # noqa: S608 - our own words


@dataclass(frozen=True)
class Kind:
    """`values` makes one row of number `n` and moment `at`, for organization `o` and account `a`."""

    told: str  # in the guide's table
    table: str
    moment: str
    values: str
    constant: timedelta


KINDS = [
    Kind("login sessions", "login_sessions", "made_at", "o, int4send(n), a, at", login_session.LIFETIME),
    Kind(
        "authorization requests",
        "authorization_requests",
        "started_at",
        "o, int4send(n), a, 's', 'zoom', 'v', at, NULL, NULL",
        authorization_request.LIFETIME + DAY,
    ),
    Kind(
        "personal links to connect",
        "connect_links",
        "made_at",
        "o, int4send(n), a, 'zoom', a, at, NULL",
        connect_link.LIFETIME + DAY,
    ),
    Kind(
        "invitations",
        "invitations",
        "made_at",
        "o, gen_random_uuid(), int4send(n), '', '', '{}', a, at, NULL, NULL",
        invitation.KEPT_FOR,
    ),
    Kind(
        "links to set up a practice",
        "foundings",
        "made_at",
        "gen_random_uuid(), int4send(n), at, true, '', '', NULL, '', '', true",
        founding.LIFETIME,
    ),
    Kind(
        "links for a new password",
        "reset_links",
        "made_at",
        f"o, {_PERSON}, int4send(n), NULL, at",
        reset_link.LIFETIME,
    ),
    Kind(
        "sign-ins at identity providers",
        "sign_in_requests",
        "started_at",
        "o, int4send(n), '', '', '', '', at, NULL, NULL",
        sign_in_request.LIFETIME + DAY,
    ),
    Kind("unfinished session forms", "drafts", "saved_at", "o, a, gen_random_uuid(), '{}', at, NULL", draft.KEPT_FOR),
    Kind(
        "idempotency keys of creating requests, with a fingerprint of their content",
        "creations",
        "asked_at",
        "o, gen_random_uuid(), NULL, at, gen_random_uuid()",
        creation.KEPT_FOR,
    ),
    Kind(
        "deduplication keys of webhook events",
        "processed_events",
        "processed_at",
        "'zoom', n::text, at",
        clean_up.PROCESSED_EVENT,
    ),
]


def _kept(told: str) -> timedelta:
    """As the guide states it."""
    row = re.search(rf"^\| {told} \| (\d+) (minutes|days)(.*)\|$", GUIDE, re.MULTILINE)
    assert row, f"the guide does not say how long {told} are kept"
    return timedelta(**{row[2]: int(row[1])}) + (DAY if "a day more" in row[3] else timedelta(0))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
def test_the_guide_says_how_long(kind: Kind) -> None:
    assert _kept(kind.told) == kind.constant


@pytest.fixture
def aged(database: str) -> str:
    """Rows of every kind, one an hour over a hundred days."""
    with psycopg.connect(database) as connection:
        connection.execute(_PRACTICE.encode())
        for kind in KINDS:
            made = f"""
                INSERT INTO {kind.table} SELECT {kind.values} FROM (
                    SELECT n, now() - n * interval '1 hour' - interval '30 minutes', organization_id, id
                    FROM generate_series(0, {_HOURS - 1}) n, accounts WHERE name = 'Ana'
                ) AS it (n, at, o, a)
            """  # noqa: S608 - our own words
            connection.execute(made.encode())
    return database


def _ages(address: str, kind: Kind) -> tuple[int, int]:
    """How many are kept too long, and how many may be kept."""
    limit = f"{kind.moment} < now() - make_interval(secs => %s)"
    question = f"SELECT count(*) FILTER (WHERE {limit}), count(*) FILTER (WHERE NOT {limit}) FROM {kind.table}"  # noqa: S608
    seconds = _kept(kind.told).total_seconds()
    with psycopg.connect(address) as connection:
        found = connection.execute(question.encode(), [seconds, seconds]).fetchone()
    assert found
    return found[0], found[1]


def _settings(database: str) -> dict[str, str]:
    return {
        "CALENDRA_DATABASE_URL": database,
        "CALENDRA_PUBLIC_ADDRESS": "http://localhost:8000",
        "CALENDRA_TOKEN_KEYS": f"{'A' * 43}=",
        "CALENDRA_CSRF_SECRET": "only for tests, but long enough for all",
    }


def test_the_worker_removes_what_is_over_and_nothing_else(aged: str, tmp_path: Path) -> None:
    before = {kind.table: _ages(aged, kind) for kind in KINDS}
    assert all(over > 900 and young > 20 for over, young in before.values()), before
    with (tmp_path / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "entrypoints.cli", "worker"], cwd=ROOT, env=_settings(aged), stdout=log, stderr=log
        )
    try:
        wait_until(lambda: not any(_ages(aged, kind)[0] for kind in KINDS), "everything old is gone", 40)
    finally:
        worker.terminate()
        worker.wait(30)
        after = {kind.table: _ages(aged, kind) for kind in KINDS}
        removed = sum(sum(before[table]) - sum(after[table]) for table in before)
        too_long = sum(over for over, _ in after.values())
        lost = sum(before[table][1] - after[table][1] for table in before)
        whole = len(KINDS) * _HOURS
        tally("Data care: clean-up", "the worker, once", rows=whole, removed=removed, kept_too_long=too_long, lost=lost)
    assert lost == 0
    assert "failed" not in (tmp_path / "worker.log").read_text()


async def test_clean_up_waits_for_nobody(aged: str) -> None:
    """Leaves a row that a transaction is changing for the next round; removes all others, in small transactions."""
    container = Container(settings=settings_from(_settings(aged)))
    with psycopg.connect(aged) as other, psycopg.connect(aged, autocommit=True) as listener:
        other.execute("SELECT * FROM login_sessions ORDER BY made_at LIMIT 1 FOR UPDATE")
        listener.execute("CREATE TABLE batches (size bigint)")
        listener.execute(_COUNT_BATCHES)
        await container.clean_up()()
        assert [_ages(aged, kind)[0] for kind in KINDS] == [1, *[0] * (len(KINDS) - 1)]
        other.rollback()
        await container.clean_up()()
        sizes = [row[0] for row in listener.execute("SELECT size FROM batches WHERE size > 0").fetchall()]
    await container.storage().close()
    assert not any(_ages(aged, kind)[0] for kind in KINDS)
    assert max(sizes) == container.clean_up().burst, "the clean-up is tried with more than one batch"
    assert len(sizes) >= 3


_COUNT_BATCHES = """
    CREATE FUNCTION count_batch() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO batches SELECT count(*) FROM gone; RETURN NULL; END $$;
    CREATE TRIGGER batch AFTER DELETE ON login_sessions REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION count_batch();
"""


def test_old_histories_of_deleted_sessions_can_be_removed_as_the_guide_says(copied: str) -> None:
    advised = re.search(r"^DELETE FROM audit_log.*?;", GUIDE, re.DOTALL | re.MULTILINE)
    assert advised
    whole = rows(copied)
    alive = {one["id"] for table in ("bookings", "accounts", "clients") for one in whole[table]}
    unowned = [one for one in whole["audit_log"] if one["subject_id"] not in alive]
    assert unowned
    with psycopg.connect(copied) as connection:
        connection.execute(advised[0].encode())
        assert len(rows(copied)["audit_log"]) == len(whole["audit_log"]), "none of them is a year old"
        connection.execute("UPDATE audit_log SET at = at - interval '2 years'")
        connection.execute(advised[0].encode())
    left = rows(copied)["audit_log"]
    assert len(left) == len(whole["audit_log"]) - len(unowned)
    assert {one["subject_id"] for one in left} <= alive
