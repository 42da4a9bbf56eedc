"""Passkeys and their challenges in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from adapters.in_memory.retention import oldest
from adapters.in_memory.state import State
from domain.accounts.errors import PasskeyFailed
from domain.accounts.passkey import Passkey, PasskeyChallenge
from domain.ports.second_factors import PasskeyChallenges, Passkeys


class InMemoryPasskeys(Passkeys):
    def __init__(self, state: State) -> None:
        self._state = state
        self._passkeys = state.passkeys

    async def add(self, passkey: Passkey) -> None:
        self._state.must_have_account(passkey.organization_id, passkey.account_id)
        if await self.to_use(passkey.organization_id, passkey.credential_id):
            raise PasskeyFailed
        self._passkeys[(passkey.organization_id, passkey.id)] = passkey

    async def of_account(self, organization_id: UUID, account_id: UUID) -> Sequence[Passkey]:
        who = (organization_id, account_id)
        theirs = [one for one in self._passkeys.values() if (one.organization_id, one.account_id) == who]
        return sorted(theirs, key=lambda one: (one.made_at, one.id))

    async def to_use(self, organization_id: UUID, credential_id: bytes) -> Passkey | None:
        here = (one for one in self._passkeys.values() if one.organization_id == organization_id)
        return next((one for one in here if one.credential_id == credential_id), None)

    async def save(self, passkey: Passkey) -> None:
        key = (passkey.organization_id, passkey.id)
        if present := self._passkeys.get(key):
            self._passkeys[key] = replace(present, sign_count=passkey.sign_count, used_at=passkey.used_at)

    async def remove(self, organization_id: UUID, account_id: UUID, passkey_id: UUID) -> bool:
        found = self._passkeys.get((organization_id, passkey_id))
        if found is None or found.account_id != account_id:
            return False
        del self._passkeys[(organization_id, passkey_id)]
        return True

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        gone = await self.of_account(organization_id, account_id)
        for one in gone:
            del self._passkeys[(organization_id, one.id)]
        return len(gone)


class InMemoryPasskeyChallenges(PasskeyChallenges):
    def __init__(self, state: State) -> None:
        self._challenges = state.passkey_challenges

    async def add(self, challenge: PasskeyChallenge) -> None:
        self._challenges[challenge.challenge_hash] = challenge

    async def use_up(self, challenge_hash: bytes) -> PasskeyChallenge | None:
        return self._challenges.pop(challenge_hash, None)

    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        gone = oldest({key: it.made_at for key, it in self._challenges.items()}, moment, most)
        for key in gone:
            del self._challenges[key]
        return len(gone)
