"""Whether a person may sign in with the password, or only at the practice's identity provider."""

from collections.abc import Sequence

from domain.accounts.account import Account
from domain.accounts.identity_provider import PasswordSignIn
from domain.accounts.sign_on_errors import SingleSignOnRequired
from domain.ports.unit_of_work import UnitOfWork


async def password_sign_in(work: UnitOfWork, account: Account) -> PasswordSignIn:
    """Call only after the password, or another proof of Calendra's own, was right: a stranger must not learn how the
    practice signs in."""
    provider = await work.identity_providers.find(account.organization_id)
    if provider is None or not provider.required:
        return PasswordSignIn.USUAL
    return provider.password_sign_in(account, await admins_of(work, account))


async def admins_of(work: UnitOfWork, account: Account) -> Sequence[Account]:
    """The admins of the account's practice."""
    return [one for one in await work.people.everybody(account.organization_id) if one.is_admin]


def elsewhere(account: Account) -> SingleSignOnRequired:
    return SingleSignOnRequired(sign_in_address=f"/sign-in/{account.organization_id}")
