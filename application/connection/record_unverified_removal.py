"""Somebody says, without a signature that fits, that a consultant removed Calendra: that is stored, to be checked."""

from dataclasses import dataclass

from domain.ports.clock import Clock
from domain.ports.meeting_provider import Deauthorized
from domain.ports.unit_of_work import Begin


@dataclass(frozen=True)
class RecordUnverifiedRemoval:
    """Rules:

    - Nothing is destroyed on an unproved word, and nobody waits here for a provider: see VerifyRemovals.
    - A lease about nobody here, or about an earlier authorization, is not even written down.
    """

    begin: Begin
    clock: Clock

    async def __call__(self, provider: str, lease: Deauthorized) -> bool:
        """True when there is something to be asked."""
        async with self.begin() as work:
            found = await work.connections.of_provider_user(provider, lease.user_id)
            with_reported_removal = found and found.with_reported_removal(
                lease.account_id, lease.at, now=self.clock.now()
            )
            if with_reported_removal is None or with_reported_removal == found:
                return False
            await work.connections.save(with_reported_removal)
            await work.commit()
            return True
