"""Creates keys for tokens at rest, and rotates them."""

import asyncio
import base64
import secrets
import sys

import click

from entrypoints.cli.checked_settings import settings_or_exit
from entrypoints.postgres_storage import rotate_all_keys


@click.command()
def make_key() -> None:
    """Print a new key for CALENDRA_TOKEN_KEYS. Put it first, and keep the older keys behind it until `rotate-keys` has
    run."""
    click.echo(new_key())


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


@click.command()
def rotate_keys() -> None:
    """Encrypt all stored secrets with the first key of CALENDRA_TOKEN_KEYS. You may then remove the older keys."""
    rotated = asyncio.run(rotate_all_keys(settings_or_exit()))
    click.echo(f"{rotated.secrets} secrets are now sealed with the first key.")
    if rotated.unreadable:
        click.echo(
            f"{rotated.unreadable} secrets were left as they are: no key of CALENDRA_TOKEN_KEYS decrypts them. Add "
            "their key and run this again, or let their consultants connect again.",
            err=True,
        )
        sys.exit(1)
