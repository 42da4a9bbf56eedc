"""The texts name only what exists: files, headings, make targets, commands, settings."""

import re
from pathlib import Path

import pytest

from entrypoints.cli import main
from entrypoints.cli.reference import reference
from tests.integration.docs.texts import ROOT, TEXTS, anchors, code, links, name, spans

TARGETS = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
VARIABLES = set(re.findall(r"`(CALENDRA_[A-Z_]+)`", reference())) | {"CALENDRA_"}
FOLDERS = ("domain/", "application/", "adapters/", "entrypoints/", "demo/", "tests/", "docs/", ".ci/")
MADE_UP = "vidra"  # the provider of the guide to adding one
# Absolute paths are addresses of Calendra and of the stand-in, or places that the guides tell a reader to use.
_ABSOLUTE = re.compile(r"(?<![\w.:/}~*)-])/[A-Za-z_][\w.{}-]*(?:/[\w.{}*-]+)*")
_SERVED = {"_sandbox", "api", "connect", "health", "j", "logout", "marketplace", "oauth", "user", "webhooks"}
_SERVED |= {"me", "meetings"}  # by the provider of the guide
_SERVED |= {"users"}  # by Zoom's API
_TO_USE = ("/dev/null", "/etc/calendra.env", "/etc/letsencrypt/", "/opt/calendra", "/var/backups/calendra")

every_text = pytest.mark.parametrize("text", TEXTS, ids=name)


def broken(target: str, text: Path) -> bool:
    """An address elsewhere is not asked for."""
    if re.match(r"[a-z]+:", target):
        return False
    path, _, anchor = target.partition("#")
    file = (text.parent / path).resolve() if path else text
    if not file.is_relative_to(ROOT) or not file.exists():
        return True
    return bool(anchor) and anchor not in anchors(file.read_text())


@every_text
def test_links_lead_somewhere(text: Path) -> None:
    assert [target for target in links(text.read_text()) if broken(target, text)] == []


@every_text
def test_files_that_are_named_exist(text: Path) -> None:
    named = [span for span in spans(text.read_text()) if span.startswith(FOLDERS) and re.fullmatch(r"[\w./-]+", span)]
    assert [path for path in named if MADE_UP not in path and not (ROOT / path).exists()] == []


@every_text
def test_make_targets_exist(text: Path) -> None:
    typed = {target for piece in code(text.read_text()) for target in re.findall(r"\bmake ([a-z][a-z-]*)", piece)}
    assert typed - TARGETS == set()


@every_text
def test_commands_and_their_options_exist(text: Path) -> None:
    for piece in code(text.read_text()):
        for command, rest in re.findall(r"(?:^|[\s/`])calendra ([a-z][a-z-]+)\b([^\n#>`]*)", piece):
            assert command in main.commands
            known = {option for param in main.commands[command].params for option in param.opts}
            assert set(re.findall(r"(?<=\s)--[a-z][a-z-]*", rest)) - known == set(), command


@every_text
def test_settings_exist(text: Path) -> None:
    named = set(re.findall(r"\bCALENDRA_[A-Z_]*", text.read_text()))
    assert {variable for variable in named if MADE_UP.upper() not in variable} - VARIABLES == set()


def foreign(text: str) -> list[str]:
    """Paths on the author's machine, and notes of the author."""
    paths = [path for path in _ABSOLUTE.findall(text) if path.split("/")[1] not in _SERVED]
    return [path for path in paths if not path.startswith(_TO_USE)] + re.findall(r"\b(?:TODO|TBD)\b", text)


@every_text
def test_nothing_of_one_machine_is_mentioned(text: Path) -> None:
    assert foreign(text.read_text()) == []


@pytest.mark.parametrize(
    "text", ["see /home/maja/calendra", "`/srv/data`", "(/tmp/x.dump)", "TODO: more", "/opt/other"]
)
def test_what_belongs_to_one_machine_is_found(text: str) -> None:
    assert foreign(text)


@pytest.mark.parametrize(
    "target", ["missing.md", "docs/production.md#no-such-heading", "#no-such-heading", "../outside.md"]
)
def test_broken_links_are_noticed(target: str) -> None:
    assert broken(target, ROOT / "README.md")


@pytest.mark.parametrize("target", ["docs/production.md#tls-in-front", "#try-it", "docs", "https://example.com/x"])
def test_sound_links_are_left_alone(target: str) -> None:
    assert not broken(target, ROOT / "README.md")


def test_there_are_texts_with_links_and_targets() -> None:
    """Else all of this would prove nothing."""
    assert {"README.md", "CONTRIBUTING.md", "docs/providers/zoom.md"} <= {name(text) for text in TEXTS}
    assert {"demo", "test", "check", "walk"} <= TARGETS
    assert len([target for text in TEXTS for target in links(text.read_text())]) > 30
