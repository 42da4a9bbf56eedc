"""`calendra erase-connection`: erases connection data on behalf of the operator."""

import asyncio

import click
import msgspec

from domain.erasure import Receipt
from domain.errors import CalendraError
from entrypoints.cli.checked_settings import settings_or_exit
from entrypoints.container import Container
from entrypoints.http.connection.erasures import receipt_response
from entrypoints.lifecycle import opened


@click.command()
@click.option("--email", required=True, help="The address the person signs in to Calendra with.")
@click.option("--links", is_flag=True, help="Destroy the stored join links of their past sessions too.")
def erase_connection(email: str, links: bool) -> None:
    """Erase a person's connection data and print the receipt."""
    container = Container(settings=settings_or_exit())
    try:
        receipt = asyncio.run(_erase(container, email, links))
    except CalendraError as error:
        raise click.ClickException(f"{error} {error.next}") from error
    click.echo(
        msgspec.json.format(msgspec.json.encode(receipt_response(receipt, container.meeting_providers()))).decode()
    )


async def _erase(container: Container, email: str, links: bool) -> Receipt:
    async with opened(container):
        return await container.erase_connection()(None, email, links=links)
