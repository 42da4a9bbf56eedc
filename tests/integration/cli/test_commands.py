"""The `calendra` command as an operator meets it: real processes, real database."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from demo.practice import PASSWORD as SEEDED
from demo.sandbox.config import SandboxConfig
from demo.sandbox.run import SandboxProcess
from tests.database import DatabaseServer, fresh_database
from tests.joining import accept, token_of
from tests.ports import free_port
from tests.real_processes import ADMIN, ANA, BORIS, CVETA, ROOT, Service, born_here, service, settings_for
from tests.walk import Walk


def run(environment: dict[str, str], *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """A process of its own, forked from one that has the imports behind it."""
    return born_here().run(words, {"PATH": os.environ["PATH"], **environment}, typed)


@pytest.fixture(scope="module")
def practice(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Seeded; nothing serves."""
    with fresh_database(database_server) as address, service(address, tmp_path_factory.mktemp("cli")) as seeded:
        yield seeded


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
        ({"CALENDRA_RECONCILE_LEASE": "30"}, "CALENDRA_RECONCILE_LEASE"),
        (
            {"CALENDRA_PUBLIC_ADDRESS": "https://calendra.example", "CALENDRA_DEMO_PEOPLE": "[{}]"},
            "CALENDRA_DEMO_PEOPLE is only",
        ),
        ({"CALENDRA_LOGLEVEL": "debug"}, "Did you mean CALENDRA_LOG_LEVEL?"),
    ]:
        said = run(practice.environment | changes, "serve")
        assert (said.returncode, named in said.stderr) == (2, True), said.stderr


def test_migrate_says_what_it_did(database_server: DatabaseServer, practice: Service) -> None:
    said = run(practice.environment, "migrate")
    assert said.returncode == 0
    assert "already" in said.stdout


def test_the_owner_lets_another_role_serve(database_server: DatabaseServer, practice: Service) -> None:
    role = database_server.serving_role
    said = run(practice.environment, "migrate", "--grant-to", role)
    assert (said.returncode, said.stdout.splitlines()[-1]) == (
        0,
        f"{role} may read and write rows, and change no table.",
    )
    said = run(practice.environment, "migrate", "--grant-to", "nobody_here")
    assert (said.returncode, "CREATE ROLE nobody_here" in said.stderr) == (1, True)

    database = practice.environment["CALENDRA_DATABASE_URL"]
    for address, line in [(database, "owns the tables"), (database_server.for_serving(database), "owns no table")]:
        assert (
            f"database role: {line}" in run(practice.environment | {"CALENDRA_DATABASE_URL": address}, "doctor").stdout
        )


def test_the_operator_resets_a_second_factor(practice: Service) -> None:
    said = run(practice.environment, "reset-second-factor", "--email", BORIS)
    assert (said.returncode, said.stdout) == (0, "Boris Kranjc has no second factor.\n"), said.stderr
    unknown = run(practice.environment, "reset-second-factor", "--email", "nobody@example.com")
    assert (unknown.returncode, "nobody" in unknown.stdout) == (1, False)


def test_everything_works_with_a_role_that_owns_no_table(
    database_server: DatabaseServer, database: str, tmp_path: Path
) -> None:
    """The main job, as `make walk` walks it, in processes that serve so."""
    with service(database_server.for_serving(database), tmp_path) as running:
        running.serve()
        walk = Walk(running.address, running.sandbox.address)
        walk.run()
        assert walk.steps == 16


PASSWORD = "a long password"
OLGA = ("--practice", "Oak Practice", "--zone", "Europe/Vienna", "--name", "Olga", "--email", "olga@example.net")


def test_scripts_hand_passwords_in_by_standard_input_alone(practice: Service) -> None:
    create = ["create-admin", *OLGA, "--password-stdin"]
    made = run(practice.environment, *create, typed=f"{PASSWORD}\n")
    assert (made.returncode, made.stdout) == (0, "Olga can sign in to Oak Practice with olga@example.net.\n"), (
        made.stderr
    )
    twice = run(practice.environment, *create, typed=f"{PASSWORD}\n")
    assert (twice.returncode, "is already used to sign in" in twice.stderr) == (1, True)
    oto = ("add-person", "--admin", "olga@example.net", "--name", "Oto", "--email", "oto@example.net")
    added = run(practice.environment, *oto, "--password-stdin", typed=f"{PASSWORD}\n")
    assert added.returncode == 0, added.stderr
    unknown = run(practice.environment, "set-password", "--email", "x@example.net", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert (unknown.returncode, "no such person" in unknown.stderr) == (1, True), unknown.stderr
    short = run(practice.environment, "set-password", "--email", "oto@example.net", "--password-stdin", typed="short\n")
    assert (short.returncode, "12" in short.stderr) == (1, True)
    for command in ("create-admin", "add-person", "set-password"):
        shown = run(practice.environment, command, "--password", PASSWORD)
        assert (shown.returncode, "No such option" in shown.stderr) == (2, True), "it would stand in the process list"


def test_admins_and_colleagues_come_by_links(practice: Service) -> None:
    """Nothing of a practice is there before its admin has used the link."""
    practice.serve()
    asked = [word.replace("olga", "ofelia") for word in OLGA]
    said = run(practice.environment, "create-admin", *asked, "--consultant")
    assert said.returncode == 0, said.stderr
    address, token = said.stdout.splitlines()[-1].split("#")
    assert address == f"{practice.environment['CALENDRA_PUBLIC_ADDRESS']}/start"
    ofelia = practice.stranger()
    known = ofelia.api("POST", "/api/foundings/look", json={"token": token}).raise_for_status().json()
    assert (known["practice"], known["zone"], known["name"], known["consultant"]) == (
        "Oak Practice",
        "Europe/Vienna",
        "Olga",
        True,
    )
    form = {name: known[name] for name in ("practice", "zone", "name", "email", "consultant")}
    founding = {**form, "token": token, "language": "en", "password": PASSWORD}
    assert ofelia.api("GET", "/api/me").status_code == 401
    me = ofelia.api("POST", "/api/foundings", json=founding).raise_for_status().json()
    assert (me["email"], me["roles"], me["practice"]["name"]) == (
        "ofelia@example.net",
        ["admin", "consultant"],
        "Oak Practice",
    )
    again = practice.stranger().api("POST", "/api/foundings", json=founding)
    assert (again.status_code, again.json()["code"]) == (410, "founding_invalid")
    oto = ("add-person", "--admin", "ofelia@example.net", "--name", "Oto", "--email", "otokar@example.net")
    link = run(practice.environment, *oto).stdout.splitlines()[-1]
    assert accept(practice.stranger(), token_of(link), "Otokar", PASSWORD)["roles"] == ["consultant"]


def test_people_leave_come_back_and_choose_a_new_password(practice: Service) -> None:
    running = practice.serve()
    before = practice.browser(BORIS, running)
    said = run(practice.environment, "end-account", "--email", BORIS)
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("The account of Boris Kranjc has ended.\n")
    assert before.api("GET", "/api/me").status_code == 401
    refused = run(practice.environment, "reset-link", "--email", BORIS)
    assert (refused.returncode, "Bring the account back first" in refused.stderr) == (1, True)
    assert run(practice.environment, "restore-account", "--email", BORIS).returncode == 0
    link = run(practice.environment, "reset-link", "--email", BORIS).stdout.splitlines()[-1]
    form = {"token": link.partition("/reset#")[2], "password": PASSWORD}
    here = practice.stranger(running)
    here.api("POST", "/api/reset-links/use", json=form).raise_for_status()
    assert here.api("GET", "/api/me").json()["email"] == BORIS
    last = run(practice.environment, "end-account", "--email", ADMIN)
    assert (last.returncode, "at least one admin" in last.stderr) == (1, True)


_REQUIRED = """
    INSERT INTO identity_providers
    SELECT organization_id, 'https://id.example.com', 'us', ''::bytea, '{example.com}', true, ARRAY[]::uuid[], now()
    FROM accounts WHERE email = %s
"""


def test_the_operator_lets_a_practice_in_whose_identity_provider_is_gone(practice: Service) -> None:
    running = practice.serve()
    command = ("turn-off-single-sign-on", "--email", CVETA.upper())
    without = run(practice.environment, *command)
    assert (without.returncode, "no such identity provider" in without.stderr) == (1, True)
    with psycopg.connect(practice.environment["CALENDRA_DATABASE_URL"]) as connection:
        connection.execute(_REQUIRED, [CVETA])
    browser, form = practice.stranger(running), {"email": CVETA, "password": SEEDED}
    assert browser.api("POST", "/api/login", json=form).json()["code"] == "single_sign_on_required"
    said = run(practice.environment, *command)
    assert said.returncode == 0, said.stderr
    browser.api("POST", "/api/login", json=form).raise_for_status()
    removed = run(practice.environment, *command, "--remove")
    assert (removed.returncode, "was removed" in removed.stdout) == (0, True)
    assert run(practice.environment, *command).returncode == 1


def test_serve_offers_the_first_practice_while_there_is_none(database: str, tmp_path: Path) -> None:
    with SandboxProcess() as sandbox:
        environment = settings_for(database, sandbox, SandboxConfig(), free_port())
        empty = Service(environment, sandbox, tmp_path)
        with empty.parts:
            empty.serve(web_processes="2")
            tokens = re.findall(r"/start#(\S+)", empty.log)
            assert len(tokens) == 1, "once for all web processes"
            form = {"practice": "Oak", "zone": "UTC", "language": "sl", "name": "Olga", "email": "olga@example.net"}
            founding = {"token": tokens[0], **form, "password": PASSWORD}
            wrong = empty.stranger().api("POST", "/api/foundings/look", json={"token": tokens[0][:-1] + "!"})
            assert wrong.status_code == 410
            second = empty.serve()
            late = re.findall(r"/start#(\S+)", empty.log)[-1]
            made = empty.stranger().api("POST", "/api/foundings", json=founding)
            assert made.status_code == 201, made.text
            refused = empty.stranger(second).api("POST", "/api/foundings", json={**founding, "token": late})
            assert (refused.status_code, refused.json()["code"]) == (410, "founding_invalid"), "a practice is there"
            third = empty.serve()
            assert "/start#" not in (tmp_path / f"server-{empty.servers.index(third)}.log").read_text()
            for server in empty.servers:
                server.stop()


def test_the_doctor_finds_a_healthy_place_healthy(practice: Service) -> None:
    said = run(practice.environment, "doctor")
    assert said.returncode == 0, said.stdout + said.stderr
    lines = said.stdout.splitlines()
    assert all(line.startswith("✓") for line in lines)
    assert len(lines) == 10


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"CALENDRA_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/x"}, "✗ database: cannot be reached"),
        ({"CALENDRA_TOKEN_KEYS": f"{'A' * 43}="}, "✗ token keys: 3 stored secrets were encrypted with a key"),
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

    with fresh_database(database_server) as empty:
        with psycopg.connect(empty, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        environment = practice.environment | {"CALENDRA_DATABASE_URL": empty}
        said = run(environment, "doctor")
        assert "✗ migrations" in said.stdout
        assert "calendra migrate" in said.stdout
        assert run(environment, "migrate").stdout.startswith("Migrated from nothing to")
        assert "✓ migrations" in run(environment, "doctor").stdout


def test_erase_connection_prints_a_receipt(practice: Service) -> None:
    said = run(practice.environment, "erase-connection", "--email", ANA, "--links")
    receipt = json.loads(said.stdout)
    assert receipt["erased"]["connections"] == 1
    assert receipt["erased"]["meeting_links"] == 0  # the seeded sessions are still to come
    assert receipt["revoked"] == {"zoom": True}
    assert receipt["endings"]["zoom"]["removal_address"].startswith("http")
    assert ANA not in said.stdout
    unknown = run(practice.environment, "erase-connection", "--email", "nobody@example.com")
    assert (unknown.returncode, "no such person" in unknown.stderr) == (1, True)


def test_erase_account_erases_a_person_who_left(practice: Service) -> None:
    email = "zora@example.com"
    zora = ("--admin", ADMIN, "--name", "Zora", "--email", email)
    said = run(practice.environment, "add-person", *zora, "--password-stdin", typed=f"{PASSWORD}\n")
    assert said.returncode == 0, said.stderr
    refused = run(practice.environment, "erase-account", "--email", email)
    assert (refused.returncode, "End the account first" in refused.stderr) == (1, True)
    assert run(practice.environment, "end-account", "--email", email).returncode == 0
    said = run(practice.environment, "erase-account", "--email", email)
    assert (json.loads(said.stdout)["erased"]["accounts"], email in said.stdout) == (1, False)
    again = run(practice.environment, "erase-account", "--email", email)
    assert (again.returncode, "no such person" in again.stderr) == (1, True)


def test_new_keys_and_reseal(practice: Service) -> None:
    key = run({}, "make-key").stdout.strip()
    both = practice.environment | {"CALENDRA_TOKEN_KEYS": f"{key},{practice.environment['CALENDRA_TOKEN_KEYS']}"}
    said = run(both, "rotate-keys")
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
