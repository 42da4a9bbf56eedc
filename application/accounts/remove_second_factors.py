"""Removes every second factor of a person."""

from domain.accounts.account import Account
from domain.ports.unit_of_work import UnitOfWork


async def remove_second_factors(work: UnitOfWork, person: Account) -> None:
    """Ends pending logins too."""
    here, who = person.organization_id, person.id
    await work.authenticator_apps.remove_of_account(here, who)
    await work.passkeys.remove_of_account(here, who)
    await work.recovery_codes.replace(here, who, [])
    await work.pending_logins.remove_of_account(here, who)
