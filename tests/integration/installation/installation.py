"""Calendra as an operator installs it: its wheel in an environment of its own, without the extra."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement

from tests.real_processes import ROOT

UV = Path(sys.executable).with_name("uv")


@dataclass(frozen=True)
class Installation:
    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def run(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """`calendra` with these words, away from the sources."""
        return self._run([str(self.folder / "bin" / "calendra"), *words], settings)

    def program(self, text: str) -> str:
        """What a program prints that runs in this environment."""
        done = self._run([str(self.python), "-c", text], {})
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _run(self, command: list[str], settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=environment(settings),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def environment(settings: dict[str, str]) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **settings}


def install(folder: Path) -> Installation:
    """From uv's cache or the registry; where that cannot be reached, with the packages of the environment that runs
    the tests, as far as Calendra asks for them."""
    wheels, installation = folder / "wheels", Installation(folder / "environment")
    _done([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(wheels)])
    (wheel,) = map(str, wheels.glob("*.whl"))
    _done([str(UV), "venv", "--offline", "--python", sys.executable, str(installation.folder)])
    into = [str(UV), "pip", "install", "--python", str(installation.python)]
    wanted = [wheel, "--constraint", str(ROOT / "requirements.lock")]
    offline = _tried([*into, "--offline", *wanted])
    if offline and (online := _tried([*into, *wanted])):
        print(f"Not from the registry, but out of {sys.prefix}: {online}")
        (site_packages,) = (installation.folder / "lib").glob("python3*/site-packages")
        calendra = next(iter(distributions(path=[wheel])))
        for needed in _needed(calendra, {"calendra"}):
            _copy(needed, site_packages)
        _done([*into, "--offline", "--no-deps", wheel])
    _done([str(UV), "pip", "check", "--python", str(installation.python)])
    return installation


def _needed(package: Distribution, seen: set[str], extras: frozenset[str] = frozenset()) -> Iterator[Distribution]:
    for text in package.requires or []:
        requirement = Requirement(text)
        marker = requirement.marker
        if marker and not any(marker.evaluate({"extra": extra}) for extra in extras or {""}):
            continue
        name = requirement.name.lower().replace("_", "-")
        if name in seen and not requirement.extras:
            continue
        found = distribution(requirement.name)
        if name not in seen:
            yield found
        seen.add(name)
        yield from _needed(found, seen, frozenset(requirement.extras))


def _copy(package: Distribution, site_packages: Path) -> None:
    for file in package.files or []:
        if ".." not in file.parts and "__pycache__" not in file.parts:  # a program in bin/ is of no use elsewhere
            target = site_packages / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(str(file.locate()), target)


def _tried(command: list[str]) -> str:
    """Its error message, if it failed."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    return done.stderr.strip() if done.returncode else ""


def _done(command: list[str]) -> None:
    said = _tried(command)
    assert not said, f"{' '.join(command)}\n{said}"
