"""The `calendra` command as an operator meets it: real processes, real database."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from entrypoints.sandbox.config import SandboxConfig
from entrypoints.sandbox.run import SandboxProcess
from tests.database import DatabaseServer, drop_database, fresh_database
from tests.ports import free_port
from tests.running import ANA, ROOT, Service, service, settings_for


def run(environment: dict[str, str], *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "entrypoints.cli", *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def practice(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Seeded; nothing serves."""
    address = fresh_database(database_server)
    with service(address, tmp_path_factory.mktemp("cli")) as seeded:
        yield seeded
    drop_database(database_server, address)


def test_wrong_settings_stop_the_start_with_one_line_each() -> None:
    wrong = {
        "CALENDRA_DATABASE_URL": "mysql://nowhere",
        "CALENDRA_PUBLIC_ADDRESS": "https://calendra.example/",
        "CALENDRA_PORT": "eighty",
        "CALENDRA_TOKEN_KEYS": "short",
    }
    for command in ("serve", "worker", "migrate", "doctor"):
        said = run(wrong, command)
        lines = said.stderr.strip().splitlines()
        assert said.returncode == 2
        named = [line.split()[0] for line in lines[:-1]]
        assert named == ["CALENDRA_DATABASE_URL", "CALENDRA_PUBLIC_ADDRESS", "CALENDRA_CSRF_SECRET", "CALENDRA_PORT"]
        assert "Nothing was started" in lines[-1]
        assert "Traceback" not in said.stderr


def test_settings_that_do_not_fit_together(practice: Service) -> None:
    for changes, named in [
        ({"CALENDRA_TOKEN_KEYS": "c2hvcnQ="}, "CALENDRA_TOKEN_KEYS"),
        ({"CALENDRA_PUBLIC_ADDRESS": "http://calendra.example"}, "CALENDRA_PUBLIC_ADDRESS"),
        ({"CALENDRA_ZOOM_CLIENT_SECRET": ""}, "CALENDRA_ZOOM_CLIENT_SECRET"),
        ({"CALENDRA_SETTLE_LEASE": "30"}, "CALENDRA_SETTLE_LEASE"),
        ({"CALENDRA_LOGLEVEL": "debug"}, "Did you mean CALENDRA_LOG_LEVEL?"),
    ]:
        said = run(practice.environment | changes, "serve")
        assert (said.returncode, named in said.stderr) == (2, True), said.stderr


def test_migrate_says_what_it_did(database_server: DatabaseServer, practice: Service) -> None:
    said = run(practice.environment, "migrate")
    assert said.returncode == 0
    assert "already" in said.stdout


def test_create_admin_add_person_set_password(practice: Service) -> None:
    create = ["create-admin", "--practice", "Oak Practice", "--zone", "Europe/Vienna", "--name", "Olga"]
    password = "a long password"
    made = run(practice.environment, *create, "--email", "olga@example.net", typed=f"{password}\n{password}\n")
    assert made.returncode == 0, made.stderr
    twice = run(practice.environment, *create, "--email", "olga@example.net", "--password", password)
    assert twice.returncode == 1
    assert "already signs in" in twice.stderr
    added = run(
        practice.environment,
        *("add-person", "--admin", "olga@example.net", "--name", "Oto", "--email", "oto@example.net"),
        *("--password", password),
    )
    assert added.returncode == 0, added.stderr
    unknown = run(practice.environment, "set-password", "--email", "x@example.net", "--password", password)
    assert (unknown.returncode, "no such person" in unknown.stderr) == (1, True), unknown.stderr
    short = run(practice.environment, "set-password", "--email", "oto@example.net", "--password", "short")
    assert (short.returncode, "12" in short.stderr) == (1, True)


def test_the_doctor_finds_a_healthy_place_healthy(practice: Service) -> None:
    said = run(practice.environment, "doctor")
    assert said.returncode == 0, said.stdout + said.stderr
    lines = said.stdout.splitlines()
    assert all(line.startswith("✓") for line in lines)
    assert len(lines) == 8


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"CALENDRA_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/x"}, "✗ database: cannot be reached"),
        ({"CALENDRA_TOKEN_KEYS": f"{'A' * 43}="}, "✗ token keys: 3 stored secrets were sealed with a key"),
        ({"CALENDRA_ZOOM_CLIENT_SECRET": "wrong"}, "✗ Zoom credentials:"),
        ({"CALENDRA_ZOOM_OAUTH_ADDRESS": "http://127.0.0.1:9"}, "✗ Zoom credentials: could not be checked"),
        ({"CALENDRA_ZOOM_AUTHORIZE_ADDRESS": "http://127.0.0.1:9/a"}, "✗ Zoom reachable: no answer"),
        ({"CALENDRA_ZOOM_CLIENT_ID": ""}, "✗ providers: none is configured"),
        ({"CALENDRA_ZOOM_AUTHORIZE_ADDRESS": "https://zoom.invalid/a"}, "✗ Zoom redirect address: http://localhost"),
    ],
)
def test_the_doctor_names_what_is_wrong(practice: Service, changes: dict[str, str], line: str) -> None:
    said = run(practice.environment | changes, "doctor")
    assert said.returncode == 1
    assert line in said.stdout, said.stdout
    assert "Traceback" not in said.stderr


def test_the_doctor_sees_missing_migrations(database_server: DatabaseServer, practice: Service) -> None:
    import psycopg

    empty = fresh_database(database_server)
    try:
        with psycopg.connect(empty, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        environment = practice.environment | {"CALENDRA_DATABASE_URL": empty}
        said = run(environment, "doctor")
        assert "✗ migrations" in said.stdout
        assert "calendra migrate" in said.stdout
        assert run(environment, "migrate").stdout.startswith("Migrated from nothing to")
        assert "✓ migrations" in run(environment, "doctor").stdout
    finally:
        drop_database(database_server, empty)


def test_erase_connection_prints_a_receipt(practice: Service) -> None:
    said = run(practice.environment, "erase-connection", "--email", ANA, "--links")
    receipt = json.loads(said.stdout)
    assert receipt["erased"]["connections"] == 1
    assert receipt["erased"]["meeting_links"] == 0  # the seeded sessions are still to come
    assert receipt["revoked"] == {"zoom": True}
    assert ANA not in said.stdout
    unknown = run(practice.environment, "erase-connection", "--email", "nobody@example.com")
    assert (unknown.returncode, "no such person" in unknown.stderr) == (1, True)


def test_new_keys_and_reseal(practice: Service) -> None:
    key = run({}, "make-key").stdout.strip()
    both = practice.environment | {"CALENDRA_TOKEN_KEYS": f"{key},{practice.environment['CALENDRA_TOKEN_KEYS']}"}
    said = run(both, "reseal")
    assert said.returncode == 0, said.stderr
    assert "sealed with the first key" in said.stdout


def test_the_worker_starts_and_stops(practice: Service) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "entrypoints.cli", "worker"],
        cwd=ROOT,
        env={**os.environ, **practice.environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout
        assert "Working" in child.stdout.readline()
        child.terminate()
        assert child.wait(20) == 0


def test_settings_for_a_service_without_zoom(database: str, tmp_path: Path) -> None:
    with SandboxProcess() as sandbox:
        environment = settings_for(database, sandbox, SandboxConfig(), free_port())
    del environment["CALENDRA_ZOOM_CLIENT_ID"]
    said = run(environment, "doctor")
    assert "no session can be online" in said.stdout
