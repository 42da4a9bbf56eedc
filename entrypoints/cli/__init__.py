"""The `calendra` command."""

import click

from entrypoints.cli.demo_extra import demo_commands
from entrypoints.cli.doctor import doctor
from entrypoints.cli.erase import erase_account, erase_connection
from entrypoints.cli.keys import make_key, rotate_keys
from entrypoints.cli.migrate import migrate
from entrypoints.cli.people import (
    add_person,
    create_admin,
    end_account,
    reset_link,
    reset_second_factor,
    restore_account,
    set_password,
)
from entrypoints.cli.reference import settings_reference
from entrypoints.cli.serve import serve
from entrypoints.cli.single_sign_on import turn_off_single_sign_on
from entrypoints.cli.worker import worker


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="calendra")
def main() -> None:
    """Calendra: sessions that get their meeting link automatically."""


for command in (
    *demo_commands(),
    serve,
    worker,
    migrate,
    create_admin,
    add_person,
    set_password,
    reset_link,
    reset_second_factor,
    end_account,
    restore_account,
    turn_off_single_sign_on,
    erase_connection,
    erase_account,
    doctor,
    make_key,
    rotate_keys,
    settings_reference,
):
    main.add_command(command)
