"""The practice's clients."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.account import Account
from domain.client import Client
from domain.creation import Creation
from domain.errors import Invalid, NotFound
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork

MOST_FOUND = 100


@dataclass(frozen=True)
class KnowClients:
    """Rules:

    - Consultants and admins of an organization share its clients.
    - The same id with the same content is the same client; with another content it is refused.
    """

    begin: Begin
    clock: Clock

    async def add(self, actor: Account, client_id: UUID, name: str, email: str) -> Client:
        """Raises Invalid, KeyReused."""
        client = Client(actor.organization_id, client_id, name, email)
        creation = Creation.of(actor.organization_id, client_id, "client", name, email, at=self.clock.now())
        async with self.begin() as work:
            if not await work.creations.first_time(creation):
                return await _client(work, actor, client_id)
            await work.clients.add(client)
            await work.commit()
        return client

    async def named(self, actor: Account, client_ids: Sequence[UUID]) -> Sequence[Client]:
        """Those of them that are clients here, by name. Raises Invalid."""
        if len(client_ids) > MOST_FOUND:
            raise Invalid("ids", f"{len(client_ids)} clients were named; {MOST_FOUND} fit.", "Ask in several parts.")
        async with self.begin() as work:
            return await work.clients.named(actor.organization_id, client_ids)

    async def find(self, actor: Account, text: str) -> Sequence[Client]:
        """The first hundred, by name."""
        async with self.begin() as work:
            return await work.clients.find(actor.organization_id, text.strip(), most=MOST_FOUND)


async def _client(work: UnitOfWork, actor: Account, client_id: UUID) -> Client:
    found = await work.clients.named(actor.organization_id, [client_id])
    if not found:
        raise NotFound("client")
    return found[0]
