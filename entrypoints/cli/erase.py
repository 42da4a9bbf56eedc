"""`calendra erase-connection`, `calendra erase-account`: erases data on behalf of the operator."""

import asyncio
from collections.abc import Awaitable, Callable

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
    _print(lambda container: container.erase_connection()(None, email, links=links))


@click.command()
@click.option("--email", required=True, help="The address the person signed in to Calendra with.")
def erase_account(email: str) -> None:
    """Erase a person whose account has ended, and print the receipt. Admins can do the same on the Practice page.

    Destroys name, address, connection data and the join links of past sessions. Past sessions and histories stay, with
    an unnamed person. Nothing brings the person back.
    """
    _print(lambda container: container.erase_account().by_operator(email))


def _print(erase: Callable[[Container], Awaitable[Receipt]]) -> None:
    container = Container(settings=settings_or_exit())
    try:
        receipt = asyncio.run(_erase(container, erase))
    except CalendraError as error:
        raise click.ClickException(f"{error} {error.next}") from error
    click.echo(
        msgspec.json.format(msgspec.json.encode(receipt_response(receipt, container.meeting_providers()))).decode()
    )


async def _erase(container: Container, erase: Callable[[Container], Awaitable[Receipt]]) -> Receipt:
    async with opened(container):
        return await erase(container)
