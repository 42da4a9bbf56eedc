"""Records an unverified removal: a webhook event without a valid signature that reports a deauthorization."""

from dataclasses import dataclass

from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.webhook_event import Deauthorized


@dataclass(frozen=True)
class RecordUnverifiedRemoval:
    """Rules:

    - An unverified removal destroys nothing, and the request does not call the provider: see VerifyRemovals.
    - A removal of an unknown user, or of an earlier authorization, is not stored.
    """

    begin: Begin
    clock: Clock

    async def __call__(self, provider: str, lease: Deauthorized) -> bool:
        """True when there is a removal to verify."""
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
