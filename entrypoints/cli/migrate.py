"""`calendra migrate`: migrates the database to this version."""

import click

from adapters.postgres.operations.extensions import ExtensionMissing
from adapters.postgres.operations.migrate import current, upgrade
from domain.errors import StorageUnavailable
from entrypoints.cli.checked_settings import settings_or_exit

_AWAY = (
    "The database cannot be reached, or something holds its tables: a backup, or a question that takes long. "
    "Nothing was changed. Try again."
)


@click.command()
def migrate() -> None:
    """Create or update the tables. Safe to repeat, and safe while another process does the same."""
    address = settings_or_exit().database_url
    try:
        before = current(address)
        upgrade(address)
        after = current(address)
    except StorageUnavailable as error:
        raise click.ClickException(_AWAY) from error
    except ExtensionMissing as error:
        raise click.ClickException(str(error)) from error
    if before == after:
        click.echo(f"The database is at {after} already.")
    else:
        click.echo(f"Migrated from {before or 'nothing'} to {after}.")
