"""`calendra create-admin`, `add-person`, `set-password`, `reset-link`, `reset-second-factor`, `end-account`,
`restore-account`: manages people from the command line."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import uuid4

import click

from application.accounts.add_people import Person
from application.accounts.invite_colleague import Wanted
from domain.accounts.account import Account, Role
from domain.accounts.founding import Proposal
from domain.accounts.organization import Organization
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.errors import CalendraError, NotFound, ObjectKind
from domain.language import Language
from entrypoints.cli.checked_settings import settings_or_exit
from entrypoints.container import Container
from entrypoints.lifecycle import opened

ROLES = [role.value for role in Role]
LANGUAGES = [language.value for language in Language]
T = TypeVar("T")

_from_stdin = click.option(
    "--password-stdin",
    is_flag=True,
    help="For scripts: read the password from standard input, and make the person at once instead of a link.",
)


@click.command()
@click.option("--practice", required=True, help="The name of the new practice.")
@click.option("--zone", default="UTC", show_default=True, help="Its time zone, such as Europe/Ljubljana.")
@click.option("--language", type=click.Choice(LANGUAGES), help="The language its page opens in.")
@click.option("--name", required=True, help="The admin's name.")
@click.option("--email", required=True, help="The address the admin signs in with.")
@click.option("--consultant", is_flag=True, help="The admin also holds sessions.")
@_from_stdin
def create_admin(
    practice: str, zone: str, language: str | None, name: str, email: str, consultant: bool, password_stdin: bool
) -> None:
    """Create a practice and its first admin.

    Prints a link that works once, for 72 hours. The admin opens it, checks these values and chooses a password. The
    practice exists from then on.
    """
    spoken = Language(language) if language else None
    if password_stdin:
        organization = Organization(uuid4(), practice, zone, spoken)
        roles = frozenset({Role.ADMIN, Role.CONSULTANT} if consultant else {Role.ADMIN})
        person = Person(uuid4(), name, email, _password(), roles)
        run(lambda container: container.add_people().practice(organization, person))
        click.echo(f"{name} can sign in to {practice} with {email}.")
        return
    proposal = Proposal(practice, zone, spoken, name, email, consultant)

    async def offer(container: Container) -> str:
        secret = await container.found_practice().offer(proposal)
        return container.settings().founding_address(secret.text)

    _show_link(name, run(offer))


@click.command()
@click.option("--admin", required=True, help="The address of an admin of the practice, in whose name this is done.")
@click.option("--name", required=True, help="The new person's name.")
@click.option("--email", required=True, help="The address they sign in with.")
@click.option("--role", "roles", type=click.Choice(ROLES), multiple=True, default=["consultant"], show_default=True)
@_from_stdin
def add_person(admin: str, name: str, email: str, roles: tuple[str, ...], password_stdin: bool) -> None:
    """Add a consultant or another admin to a practice. Admins can do the same on the Practice page.

    Prints a link that works once, for 72 hours. The person opens it and chooses a password.
    """
    wanted = frozenset(map(Role, roles))
    if password_stdin:
        person = Person(uuid4(), name, email, _password(), wanted)
        run(lambda container: _add(container, admin, person))
        click.echo(f"{name} can sign in with {email}.")
        return

    async def invite(container: Container) -> str:
        made = await container.invite_colleague()(await _admin(container, admin), uuid4(), Wanted(name, email, wanted))
        return container.settings().invitation_address(made.secret.text)

    _show_link(name, run(invite))


@click.command()
@click.option("--email", required=True, help="The address the person signs in with.")
@click.option("--password-stdin", is_flag=True, help="For scripts: read the password from standard input.")
def set_password(email: str, password_stdin: bool) -> None:
    """Set a new password for a person. The command asks for it and signs the person out everywhere."""
    password = _password() if password_stdin else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    run(lambda container: container.change_password().reset(email, password))
    click.echo(f"{email} signs in with the new password from now on.")


@click.command()
@click.option("--email", required=True, help="The address the person signs in with.")
def reset_link(email: str) -> None:
    """Create a link by which a person chooses a new password.

    It works once, for 72 hours. Nobody but the person learns the password. Admins can do the same on the Practice page.
    """

    async def make(container: Container) -> tuple[str, str]:
        made = await container.make_reset_link().by_operator(email)
        return made.account.name, container.settings().reset_address(made.secret.text)

    _show_link(*run(make))


@click.command()
@click.option("--email", required=True, help="The address the person signs in with.")
def reset_second_factor(email: str) -> None:
    """Remove the second factor of a person who can no longer prove it. Admins can do the same on the Practice page.

    Signs the person out everywhere. They sign in with the password alone until they set up another one. Make sure
    first, by another way than mail, that it is the person who asks.
    """
    person, changed = run(lambda container: container.reset_second_factor().by_operator(email))
    done = "has no second factor any more, and is signed out everywhere" if changed else "has no second factor"
    click.echo(f"{person.name} {done}.")


@click.command()
@click.option("--email", required=True, help="The address the person signs in with.")
@click.option(
    "--meetings",
    type=click.Choice([one.value for one in MeetingsOnDisconnect]),
    default=MeetingsOnDisconnect.KEEP.value,
    show_default=True,
    help="What happens to the meetings of upcoming sessions.",
)
def end_account(email: str, meetings: str) -> None:
    """End the account of a person who leaves a practice. Admins can do the same on the Practice page.

    Signs the person out everywhere at once and disconnects their providers. Their upcoming sessions stay until an admin
    reassigns them.
    """
    chosen = MeetingsOnDisconnect(meetings)
    ended = run(lambda container: container.end_account().by_operator(email, chosen))
    click.echo(f"The account of {ended.status.account.name} has ended.")
    for one in ended.connections:
        click.echo(f"{one.label}: {one.ending.revocation.value}, meetings left there: {one.ending.meetings_left}")
    if ended.status.coming:
        click.echo(f"Upcoming sessions that need another consultant: {ended.status.coming}")


@click.command()
@click.option("--email", required=True, help="The address the person signed in with.")
def restore_account(email: str) -> None:
    """Bring back a person whose account has ended. They need a new password: see `calendra reset-link`."""
    status = run(lambda container: container.restore_account().by_operator(email))
    click.echo(f"{status.account.name} is back. To let them choose a password: calendra reset-link --email {email}")


def _password() -> str:
    """The first line of standard input. Never an argument: arguments show in the list of processes."""
    return sys.stdin.readline().rstrip("\r\n")


def _show_link(name: str, address: str) -> None:
    click.echo(f"Send this link to {name}. It works once, for 72 hours:")
    click.echo(address)


async def _add(container: Container, admin: str, person: Person) -> None:
    await container.add_people().colleague(await _admin(container, admin), person)


async def _admin(container: Container, email: str) -> Account:
    async with container.begin()() as work:
        found: Account | None = await work.people.person_by_email(email.strip().lower())
    if found is None:
        raise NotFound(ObjectKind.PERSON_BY_EMAIL)
    return found


def run(deed: Callable[[Container], Awaitable[T]]) -> T:
    try:
        return asyncio.run(_with_storage(Container(settings=settings_or_exit()), deed))
    except CalendraError as error:
        raise click.ClickException(f"{error} {error.next}") from error


async def _with_storage(container: Container, deed: Callable[[Container], Awaitable[T]]) -> T:
    async with opened(container):
        return await deed(container)
