"""Reads the settings, or prints one readable line per wrong setting and exits."""

import sys

import click

from entrypoints.settings import Settings, WrongSettings, settings_from, warnings_of


def settings_or_exit() -> Settings:
    """Prints weak settings too, and goes on."""
    try:
        settings = settings_from()
    except WrongSettings as wrong:
        for line in wrong.lines:
            click.echo(line, err=True)
        click.echo("Nothing was started. Every setting is described in docs/settings.md.", err=True)
        sys.exit(2)
    for line in warnings_of(settings):
        click.echo(line, err=True)
    return settings
