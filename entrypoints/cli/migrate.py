"""`calendra migrate`: migrates the database to this version."""

import click

from adapters.postgres.operations.extensions import ExtensionMissing
from adapters.postgres.operations.migrate import current, upgrade
from adapters.postgres.operations.serving_role import NoSuchRole, let_serve
from domain.errors import StorageUnavailable
from entrypoints.cli.checked_settings import settings_or_exit

_AWAY = (
    "The database cannot be reached, or something holds its tables: a backup, or a question that takes long. "
    "Nothing was changed. Try again."
)

_NO_ROLE = (
    "The server has no role {role}, so nothing was granted; the tables are up to date. "
    "Create it with CREATE ROLE {role} LOGIN PASSWORD '…', then migrate again."
)


@click.command()
@click.option("--grant-to", "role", metavar="ROLE", help="Let this role serve; CALENDRA_DATABASE_URL has the owner.")
def migrate(role: str | None) -> None:
    """Create or update the tables. Safe to repeat, and safe while another process does the same."""
    address = settings_or_exit().database_url
    try:
        before = current(address)
        upgrade(address)
        after = current(address)
        if role:
            let_serve(address, role)
    except StorageUnavailable as error:
        raise click.ClickException(_AWAY) from error
    except ExtensionMissing as error:
        raise click.ClickException(str(error)) from error
    except NoSuchRole as error:
        raise click.ClickException(_NO_ROLE.format(role=role)) from error
    if before == after:
        click.echo(f"The database is at {after} already.")
    else:
        click.echo(f"Migrated from {before or 'nothing'} to {after}.")
    if role:
        click.echo(f"{role} may read and write rows, and change no table.")
