"""`calendra doctor`: prints one line per check, with the next step if it failed."""

import asyncio
import sys
from collections.abc import Awaitable, Callable

import click

from entrypoints.cli.checked_settings import settings_or_exit
from entrypoints.doctor import checks_of
from entrypoints.logs import configure_logs


@click.command()
def doctor() -> None:
    """Check settings, database, migrations, keys, clock, providers and addresses."""
    settings = settings_or_exit()
    configure_logs("error")
    click.echo("✓ settings: every variable can be read")
    failed = asyncio.run(_run(checks_of(settings)))
    sys.exit(1 if failed else 0)


async def _run(checks: list[tuple[str, Callable[[], Awaitable[str]]]]) -> int:
    failed = 0
    for name, check in checks:
        said = await check()
        well = said.startswith("ok")
        failed += not well
        click.echo(f"{'✓' if well else '✗'} {name}: {said.removeprefix('ok: ')}")
    return failed
