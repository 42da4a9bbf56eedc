"""The consultant removed Calendra at the provider: their data goes, their sessions stay."""

from dataclasses import dataclass

from domain.history import Entry
from domain.ports.clock import Clock
from domain.ports.meeting_provider import Deauthorized
from domain.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class HonourDeauthorization:
    """Rules:

    - Tokens and the provider's profile data are destroyed at once; doing it twice is the same as once.
    - A removal that is older than the present authorization is ignored: they connected again since.
    - Links stay on the bookings; new meetings are refused until the consultant connects again.
    """

    clock: Clock

    async def __call__(self, work: UnitOfWork, provider: str, notice: Deauthorized) -> bool:
        """Within the given unit of work; True when a connection ended."""
        found = await work.connections.of_provider_user(provider, notice.user_id)
        if found is None or found.account.account_id != notice.account_id or not found.predates(notice.at):
            return False
        await work.connections.remove(found)
        who = found.consultant_id
        await work.histories.add(
            Entry(found.organization_id, who, self.clock.now(), "removed_at_provider", who, who, provider)
        )
        return True
