"""`calendra settings-reference`: describes the settings from their definitions."""

import click
import msgspec

from entrypoints.settings import variables
from entrypoints.variables import Variable


@click.command(hidden=True)
def settings_reference() -> None:
    """Print docs/settings.md."""
    click.echo(reference(), nl=False)


def reference() -> str:
    rows = [_row(variable) for variable in variables()]
    head = [
        "# Settings",
        "",
        "From the environment. Made by `calendra settings-reference`; a test keeps it true.",
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"


def _row(variable: Variable) -> str:
    default = "needed" if variable.field.required else f"`{msgspec.json.encode(variable.field.default).decode()}`"
    return f"| `{variable.name}` | {default} | {variable.description} |"
