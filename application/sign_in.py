"""Who is there: signing in, being recognised, signing out."""

from dataclasses import dataclass

from application.secret import Secret
from domain.account import Account
from domain.errors import SignedOut, SignInFailed
from domain.ports.clock import Clock
from domain.ports.password_hasher import PasswordHasher
from domain.ports.people import SignInLookup
from domain.ports.unit_of_work import Begin
from domain.sign_in import SignIn as SignInRecord


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in browser and whose it is."""

    account: Account
    session_id: bytes


@dataclass(frozen=True)
class SignIn:
    """Rules:

    - An unknown address and a wrong password take the same time and get the same answer.
    - Every sign-in gets a token of its own; only its hash is stored. It ends after 14 days.
    """

    begin: Begin
    passwords: PasswordHasher
    lookup: SignInLookup
    clock: Clock

    async def __call__(self, email: str, password: str) -> tuple[Secret, Account]:
        """Raises SignInFailed."""
        async with self.begin() as work:
            found = await work.people.account_by_email(email.strip().lower())
        if not await self.passwords.matches(password, found[1] if found else None) or found is None:
            raise SignInFailed
        account = found[0]
        secret = Secret.fresh(account.organization_id)
        async with self.begin() as work:
            record = SignInRecord(account.organization_id, secret.hash, account.id, self.clock.now())
            await work.sign_ins.add(record)
            await work.commit()
        return secret, account

    async def recognise(self, token: str | None) -> Visitor:
        """Raises SignedOut."""
        secret = Secret.read(token or "")
        found = secret and await self.lookup.account(secret.organization_id, secret.hash)
        if not found or found[0].expired(self.clock.now()):
            raise SignedOut
        return Visitor(found[1], found[0].token_hash)

    async def out(self, visitor: Visitor) -> None:
        async with self.begin() as work:
            await work.sign_ins.remove(visitor.account.organization_id, visitor.session_id)
            await work.commit()
