"""`calendra settings-reference`: describes the settings from their definitions."""

import click
import msgspec

from entrypoints.settings import Settings, description_of, variable_of


@click.command(hidden=True)
def settings_reference() -> None:
    """Print docs/settings.md."""
    click.echo(reference(), nl=False)


def reference() -> str:
    rows = [_row(field) for field in msgspec.structs.fields(Settings)]
    head = [
        "# Settings",
        "",
        "From the environment. Made by `calendra settings-reference`; a test keeps it true.",
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"


def _row(field: msgspec.structs.FieldInfo) -> str:
    default = "needed" if field.required else f"`{msgspec.json.encode(field.default).decode()}`"
    return f"| `{variable_of(field.name)}` | {default} | {description_of(field)} |"
