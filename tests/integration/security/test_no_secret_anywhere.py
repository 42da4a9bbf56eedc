"""A whole life on the running service at the debug level; then every text that came out of it is searched."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from demo.practice import PASSWORD
from tests.integration.security.eavesdropper import Eavesdropper
from tests.integration.security.whole_life import WRONG_PASSWORD, Life
from tests.real_processes import ROOT, service
from tests.secrets_watch import forms_of, leaked, settings_secrets
from tests.stored import everything
from tests.tally import tally


@pytest.fixture
def life(database: str, tmp_path: Path) -> Iterator[Life]:
    with (
        service(database, tmp_path, log_level="debug", reconcile_patience="30") as running,
        Eavesdropper(running.sandbox.address) as ears,
    ):
        running.environment["CALENDRA_ZOOM_OAUTH_ADDRESS"] = f"{ears.address}/oauth"
        running.environment["CALENDRA_ZOOM_API_ADDRESS"] = f"{ears.address}/v2"
        running.serve()
        yield Life(running, ears)
        running.stop()  # before the provider goes


def test_no_secret_in_logs_answers_traces_errors_or_the_database(life: Life) -> None:
    life.live()
    log, stored, running = life.service.log, everything(life.service.environment["CALENDRA_DATABASE_URL"]), life.service
    always = settings_secrets(running.environment) | life.ears.heard
    always |= {PASSWORD: "password", WRONG_PASSWORD: "wrong password"}
    kinds = set(life.ears.heard.values())
    assert kinds == {"authorization", "code", "code_verifier", "access_token", "refresh_token", "start_url",
                     "encrypted_password"}  # fmt: skip
    assert {"calendra_session", "calendra_csrf", "state", "connect link"} <= set(life.handed_out.values())
    assert log.count("Traceback") >= 5, "the faults left no traces to search"
    # The link that people join with is shown and stored on purpose, and stands nowhere else.
    in_links = {secret for secret, name in always.items() if name == "encrypted_password"}
    hidden = {secret: name for secret, name in always.items() if secret not in in_links}
    bookings = [row for row in stored if row.startswith("bookings ")]
    _search("log lines", log.splitlines(), always | life.handed_out)
    _search("answers", life.answers, hidden | life.handed_out)
    _search("rows of the database", [row for row in stored if row not in bookings], always | life.handed_out)
    _search("bookings in the database", bookings, hidden | life.handed_out)


def _search(where: str, texts: list[str], secrets: dict[str, str]) -> None:
    assert texts
    found = leaked(secrets, ["\n".join(texts)])
    tally("Secrets", where, searched=len(texts), secrets=len(secrets), leaked=len(found))
    assert not found, found


@pytest.mark.parametrize(
    ("setting", "wrong"),
    [
        ("TOKEN_KEYS", "not-base64-but-secret-9917"),
        ("CSRF_SECRET", "short-secret-3318"),
        ("DATABASE_URL", "mysql://me:password-of-mine-77@nowhere/x"),
        ("ZOOM_CLIENT_SECRET_", "misspelt-secret-4410"),
    ],
)
def test_wrong_settings_are_named_and_not_shown(life_settings: dict[str, str], setting: str, wrong: str) -> None:
    environment = life_settings | {f"CALENDRA_{setting}": wrong}
    ended = subprocess.run(
        [sys.executable, "-m", "entrypoints.cli", "serve"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    said = ended.stdout + ended.stderr
    assert ended.returncode != 0
    assert setting in said
    secrets = settings_secrets(environment) | {wrong: setting}
    found = leaked(secrets, [said])
    tally("Secrets", "complaints about settings", searched=1, secrets=len(secrets), leaked=len(found))
    assert not found, found


@pytest.fixture
def life_settings() -> dict[str, str]:
    return {
        **os.environ,
        "CALENDRA_DATABASE_URL": "postgresql://calendra:the-database-password@nowhere/calendra",
        "CALENDRA_PUBLIC_ADDRESS": "http://localhost:1",
        "CALENDRA_TOKEN_KEYS": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "CALENDRA_CSRF_SECRET": "only for tests, but long enough for all",
    }


def test_the_search_finds_a_secret_in_each_of_its_forms() -> None:
    secret = "a secret/with+signs=ü"
    for form in forms_of(secret):
        assert leaked({secret: "it"}, [f"before {form} after"]) == ["it: …before <it> after…"]
    assert leaked({secret: "it"}, [urlsplit("https://host/path").path]) == []
