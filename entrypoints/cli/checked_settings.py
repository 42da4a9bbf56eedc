"""Reads the settings, or prints one readable line per wrong setting and exits."""

import sys

import click

from entrypoints.settings import Settings, WrongSettings, settings_from


def settings_or_exit() -> Settings:
    try:
        return settings_from()
    except WrongSettings as wrong:
        for line in wrong.lines:
            click.echo(line, err=True)
        click.echo("Nothing was started. Every setting is described in docs/settings.md.", err=True)
        sys.exit(2)
