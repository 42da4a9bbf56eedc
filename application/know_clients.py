"""The practice's clients."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.account import Account
from domain.client import Client
from domain.errors import Invalid
from domain.ports.unit_of_work import Begin

MOST_FOUND = 100


@dataclass(frozen=True)
class KnowClients:
    """Rules: consultants and admins of an organization share its clients."""

    begin: Begin

    async def add(self, actor: Account, client_id: UUID, name: str, email: str) -> Client:
        """Raises Invalid."""
        client = Client(actor.organization_id, client_id, name, email)
        async with self.begin() as work:
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
