"""`calendra backup` and `calendra restore`: the whole database in one file."""

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from adapters.postgres.operations import dump
from adapters.postgres.operations.dump_errors import DumpError
from adapters.postgres.operations.migrate import current, pending
from adapters.postgres.operations.programs import program_folders
from domain.errors import CalendraError
from entrypoints.cli.checked_settings import settings_or_exit
from entrypoints.doctor import keys_fit

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
def backup(file: Path) -> None:
    """Write the whole database into FILE while the service runs. Store the token keys separately."""
    address = settings_or_exit().database_url
    _carried_out(dump.backup, address, file)
    click.echo(f"{file} has the whole database at {current(address)}, {file.stat().st_size} bytes.")
    click.echo("Not in it: the settings, with the token keys. Keep these in another place.")


@click.command()
@click.argument("file", type=_FILE)
def restore(file: Path) -> None:
    """Fill an empty database from FILE, completely or not at all. Start Calendra only afterwards."""
    settings = settings_or_exit()
    address = settings.database_url
    _carried_out(dump.restore, address, file)
    click.echo(f"The database is as it was at the backup, at {current(address)}.")
    if (said := asyncio.run(keys_fit(settings))) != "ok":
        click.echo(f"But {said}")
    click.echo(f"Run next: {'calendra migrate, then ' if pending(address) else ''}calendra doctor")


def _carried_out(deed: Callable[[str, Path, Iterable[Path]], None], address: str, file: Path) -> None:
    try:
        deed(address, file, program_folders())
    except DumpError as error:
        raise click.ClickException(str(error)) from error
    except CalendraError as error:
        raise click.ClickException(f"{error} {error.next}") from error
