"""`calendra create-admin`: the first person of a practice."""

import asyncio
from uuid import uuid4

import click

from application.enrol import Person
from domain.account import Role
from domain.errors import CalendraError
from domain.organization import Organization
from entrypoints.cli.settled import settings_or_exit
from entrypoints.container import Container


@click.command()
@click.option("--practice", required=True, help="The name of the new practice.")
@click.option("--zone", default="UTC", show_default=True, help="Its time zone, such as Europe/Ljubljana.")
@click.option("--name", required=True, help="The admin's name.")
@click.option("--email", required=True, help="The address the admin signs in with.")
@click.option("--consultant", is_flag=True, help="The admin also holds sessions.")
@click.password_option(help="At least 12 characters; asked for when it is not given.")
def create_admin(practice: str, zone: str, name: str, email: str, consultant: bool, password: str) -> None:
    """Create a practice and its first admin."""
    roles = frozenset({Role.ADMIN, Role.CONSULTANT} if consultant else {Role.ADMIN})
    organization = Organization(uuid4(), practice, zone)
    person = Person(uuid4(), name, email, password, roles)
    try:
        asyncio.run(_create(Container(settings=settings_or_exit()), organization, person))
    except CalendraError as error:
        raise click.ClickException(f"{error} {error.next}") from error
    click.echo(f"{name} can sign in to {practice} with {email}.")


async def _create(container: Container, organization: Organization, person: Person) -> None:
    storage = container.storage()
    await storage.open()
    try:
        await container.enrol().practice(organization, person)
    finally:
        await storage.close()
