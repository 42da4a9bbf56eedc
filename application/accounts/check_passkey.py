"""Checks what a passkey signed: one challenge for one signature."""

import hashlib
from dataclasses import dataclass

from application.count_repeated_events import CountRepeatedEvents
from application.security_events import record
from domain.accounts.account import Account
from domain.accounts.errors import PasskeyFailed
from domain.accounts.passkey import Assertion, Passkey, PasskeyChallenge
from domain.accounts.second_factors import Factor
from domain.ports.clock import Clock
from domain.ports.second_factors import PasskeyVerifier
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventKind, EventOutcome, SecurityEvent


@dataclass(frozen=True)
class CheckPasskey:
    """Rules:

    - A challenge counts once, within five minutes, whatever comes of it, and only its hash is stored. The one of a
      signed-in person serves no other person, and no sign-in.
    - A passkey whose count of signatures went back may have been copied. It is refused, and a security event says so.
    """

    begin: Begin
    verifier: PasskeyVerifier
    clock: Clock
    count_repeated_events: CountRepeatedEvents

    async def fresh_challenge(self, account: Account | None) -> bytes:
        """Stored. `account`: of the signed-in person; None for a sign-in."""
        challenge = self.verifier.fresh_challenge()
        here, who = (account.organization_id, account.id) if account else (None, None)
        async with self.begin() as work:
            await work.passkey_challenges.add(PasskeyChallenge(_hash_of(challenge), self.clock.now(), here, who))
            await work.commit()
        return challenge

    async def use_up(self, challenge: bytes, account: Account | None) -> None:
        """Raises PasskeyFailed when the challenge is not one of this person."""
        async with self.begin() as work:
            found = await work.passkey_challenges.use_up(_hash_of(challenge))
            await work.commit()
        if found is None:
            raise PasskeyFailed
        found.must_serve(account, now=self.clock.now())

    async def __call__(self, work: UnitOfWork, account: Account, assertion: Assertion, credential: str) -> bool:
        """Whether the account's passkey signed the challenge; call with the account locked and the challenge used up.
        Commit in both cases."""
        passkey = await work.passkeys.to_use(account.organization_id, assertion.credential_id)
        used = passkey and await self._used(work, account, passkey, assertion, credential)
        if used:
            await work.passkeys.save(used)
        else:
            self.refused(account)
        return used is not None

    def refused(self, account: Account | None) -> None:
        here, who = (account.organization_id, account.id) if account else (None, None)
        event = SecurityEvent(EventKind.SIGN_IN, self.clock.now(), here, None, who, EventOutcome.REFUSED)
        self.count_repeated_events(event.with_factor(Factor.PASSKEY))

    async def _used(
        self, work: UnitOfWork, account: Account, passkey: Passkey, assertion: Assertion, credential: str
    ) -> Passkey | None:
        now = self.clock.now()
        if passkey.account_id != account.id:
            return None
        try:
            count = self.verifier.sign_count_of(credential, assertion.challenge, passkey)
        except PasskeyFailed:
            return None
        if passkey.copied(count):
            here = account.organization_id
            event = SecurityEvent(EventKind.PASSKEY_COPIED, now, here, None, account.id, EventOutcome.REFUSED)
            await record(work, event)
            return None
        return passkey.used(count, now=now)


def _hash_of(challenge: bytes) -> bytes:
    return hashlib.sha256(challenge).digest()
