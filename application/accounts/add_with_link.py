"""Adds the account of a person who holds a one-time link for their address."""

from domain.accounts.account import Account
from domain.accounts.errors import SignsInElsewhere
from domain.errors import Invalid
from domain.ports.unit_of_work import UnitOfWork
from domain.rule import Rule


async def add_with_link(work: UnitOfWork, account: Account, password_hash: str) -> None:
    """Raises SignsInElsewhere: the holder of the link may learn it, and nobody else."""
    try:
        await work.people.add_account(account, password_hash)
    except Invalid as taken:
        if taken.rule is not Rule.EMAIL_TAKEN:
            raise
        raise SignsInElsewhere(email=account.email) from taken
