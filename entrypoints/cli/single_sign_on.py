"""`calendra turn-off-single-sign-on`: the operator's way in when a practice's identity provider is gone."""

import click

from entrypoints.cli.people import run
from entrypoints.container import Container


@click.command()
@click.option("--email", required=True, help="The address of any person of the practice.")
@click.option("--remove", is_flag=True, help="Also remove the identity provider and all links to it.")
def turn_off_single_sign_on(email: str, remove: bool) -> None:
    """Let the people of a practice sign in with passwords again.

    For a practice that requires single sign-on and whose identity provider is gone. Admins can do the same on the
    Practice page. People without a password need a link: see `calendra reset-link`.
    """

    async def turn_off(container: Container) -> str:
        return (await container.turn_off_single_sign_on().by_operator(email, remove=remove)).name

    practice = run(turn_off)
    click.echo(f"The people of {practice} sign in with passwords again.")
    click.echo("The identity provider was removed." if remove else "They may also use the identity provider.")
