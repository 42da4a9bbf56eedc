"""The settings reference has the descriptions of the settings."""

from click.testing import CliRunner

from entrypoints.cli import main
from entrypoints.settings import variables
from tests.integration.docs.texts import ROOT


def test_the_reference_is_up_to_date() -> None:
    printed = CliRunner().invoke(main, ["settings-reference"], catch_exceptions=False).output
    written = (ROOT / "docs" / "settings.md").read_text()
    assert written == printed, "Run: .venv/bin/calendra settings-reference > docs/settings.md"


def test_every_setting_is_explained() -> None:
    assert [variable.name for variable in variables() if not variable.description] == []
