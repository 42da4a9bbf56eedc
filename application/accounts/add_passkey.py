"""Adds and removes a person's own passkeys."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from application.accounts.check_passkey import CheckPasskey
from application.accounts.keep_second_factors import KeepSecondFactors
from application.accounts.log_in import Visitor
from domain.accounts.account import Account
from domain.accounts.errors import TooManyPasskeys
from domain.accounts.passkey import MOST_OF_A_PERSON, Passkey
from domain.accounts.second_factors import Factor
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.second_factors import PasskeyVerifier
from domain.ports.unit_of_work import Begin, UnitOfWork


@dataclass(frozen=True)
class AddPasskey:
    """Rules:

    - A person has 20 passkeys at most, and a passkey belongs to one account of a practice.
    - What KeepSecondFactors says about the first and the last factor applies.
    """

    begin: Begin
    verifier: PasskeyVerifier
    check_passkey: CheckPasskey
    keep_second_factors: KeepSecondFactors
    clock: Clock

    async def options(self, visitor: Visitor) -> str:
        """What the browser needs to make the passkey, as JSON. Raises TooManyPasskeys."""
        account = visitor.account
        async with self.begin() as work:
            present = await _must_have_room(work, account)
        challenge = await self.check_passkey.fresh_challenge(account)
        return self.verifier.registration_options(account, challenge, present)

    async def __call__(self, visitor: Visitor, credential: str, name: str) -> Sequence[str]:
        """Returns the recovery codes, if these are the person's first. Raises PasskeyFailed, TooManyPasskeys,
        Invalid."""
        account = visitor.account
        challenge = self.verifier.challenge_of(credential)
        await self.check_passkey.use_up(challenge, account)
        made = self.verifier.registered(credential, challenge)
        passkey = Passkey(
            account.organization_id,
            uuid4(),
            account.id,
            made.credential_id,
            made.public_key,
            made.sign_count,
            name,
            self.clock.now(),
        )
        async with self.begin() as work:
            await _locked(work, account)
            await _must_have_room(work, account)
            texts = await self.keep_second_factors.added(work, visitor, Factor.PASSKEY)
            await work.passkeys.add(passkey)
            await work.commit()
        return texts

    async def remove(self, visitor: Visitor, passkey_id: UUID) -> None:
        """Raises NotFound, LastSecondFactor."""
        account = visitor.account
        here, who = account.organization_id, account.id
        async with self.begin() as work:
            await _locked(work, account)
            factors = await work.second_factors.of_account(here, who)
            if not await work.passkeys.remove(here, who, passkey_id):
                raise NotFound(ObjectKind.PASSKEY)
            await self.keep_second_factors.removing(work, visitor, factors, Factor.PASSKEY)
            await work.commit()


async def _locked(work: UnitOfWork, account: Account) -> None:
    if await work.people.account_to_change(account.organization_id, account.id) is None:
        raise NotFound(ObjectKind.ACCOUNT)


async def _must_have_room(work: UnitOfWork, account: Account) -> Sequence[Passkey]:
    present = await work.passkeys.of_account(account.organization_id, account.id)
    if len(present) >= MOST_OF_A_PERSON:
        raise TooManyPasskeys(most=MOST_OF_A_PERSON)
    return present
