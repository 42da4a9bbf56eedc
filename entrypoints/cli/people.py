"""`calendra create-admin`, `add-person`, `set-password`: who there is, from the command line."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import click

from application.enrol import Person
from domain.account import Role
from domain.errors import CalendraError, NotFound
from domain.organization import Organization
from entrypoints.cli.settled import settings_or_exit
from entrypoints.container import Container

ROLES = [role.value for role in Role]


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
    _run(lambda container: container.enrol().practice(organization, person))
    click.echo(f"{name} can sign in to {practice} with {email}.")


@click.command()
@click.option("--admin", required=True, help="The address of an admin of the practice.")
@click.option("--name", required=True, help="The new person's name.")
@click.option("--email", required=True, help="The address they sign in with.")
@click.option("--role", "roles", type=click.Choice(ROLES), multiple=True, default=["consultant"], show_default=True)
@click.password_option(help="At least 12 characters; asked for when it is not given.")
def add_person(admin: str, name: str, email: str, roles: tuple[str, ...], password: str) -> None:
    """Add a consultant, or one more admin, to a practice. Admins can do the same over the API."""
    person = Person(uuid4(), name, email, password, frozenset(map(Role, roles)))
    _run(lambda container: _add(container, admin, person))
    click.echo(f"{name} can sign in with {email}.")


@click.command()
@click.option("--email", required=True, help="The address the person signs in with.")
@click.password_option(help="At least 12 characters; asked for when it is not given.")
def set_password(email: str, password: str) -> None:
    """Give somebody a new password. They are signed out everywhere."""
    _run(lambda container: container.change_password().reset(email, password))
    click.echo(f"{email} signs in with the new password from now on.")


async def _add(container: Container, admin: str, person: Person) -> None:
    async with container.begin()() as work:
        found = await work.people.account_by_email(admin.strip().lower())
    if found is None:
        raise NotFound("admin with this e-mail address")
    await container.enrol().colleague(found[0], person)


def _run(deed: Callable[[Container], Awaitable[object]]) -> None:
    try:
        asyncio.run(_with_storage(Container(settings=settings_or_exit()), deed))
    except CalendraError as error:
        raise click.ClickException(f"{error} {error.next}") from error


async def _with_storage(container: Container, deed: Callable[[Container], Awaitable[object]]) -> None:
    storage = container.storage()
    await storage.open()
    try:
        await deed(container)
    finally:
        await storage.close()
