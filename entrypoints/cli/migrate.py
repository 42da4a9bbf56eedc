"""`calendra migrate`: brings the database to this version."""

import click

from adapters.postgres.migrate import current, upgrade
from entrypoints.cli.settled import settings_or_exit


@click.command()
def migrate() -> None:
    """Create or update the tables. Safe to repeat, and while another process does the same."""
    address = settings_or_exit().database_url
    before = current(address)
    upgrade(address)
    after = current(address)
    if before == after:
        click.echo(f"The database is at {after} already.")
    else:
        click.echo(f"Migrated from {before or 'nothing'} to {after}.")
