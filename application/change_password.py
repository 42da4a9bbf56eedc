"""A new password, and everybody who was signed in with the old one is signed out."""

from dataclasses import dataclass

from application.enrol import must_be_long_enough
from domain.account import Account
from domain.errors import NotFound, SignInFailed
from domain.ports.password_hasher import PasswordHasher
from domain.ports.unit_of_work import Begin


@dataclass(frozen=True)
class ChangePassword:
    """Rules: people know their old password to set a new one; the operator may set anybody's. All browsers of
    the person are signed out."""

    begin: Begin
    passwords: PasswordHasher

    async def __call__(self, actor: Account, old: str, new: str) -> None:
        """Raises SignInFailed, Invalid."""
        async with self.begin() as work:
            found = await work.people.account_by_email(actor.email)
        if not await self.passwords.matches(old, found[1] if found else None):
            raise SignInFailed
        await self._set(actor, new)

    async def reset(self, email: str, new: str) -> Account:
        """The operator's way. Raises NotFound, Invalid."""
        async with self.begin() as work:
            found = await work.people.account_by_email(email.strip().lower())
        if found is None:
            raise NotFound("person with this e-mail address")
        await self._set(found[0], new)
        return found[0]

    async def _set(self, account: Account, new: str) -> None:
        must_be_long_enough(new)
        password_hash = await self.passwords.hash(new)
        async with self.begin() as work:
            await work.people.set_password(account, password_hash)
            await work.sign_ins.remove_of_account(account.organization_id, account.id)
            await work.commit()
