"""Adds, finds, corrects, archives and restores the practice's clients."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from application.read_history import History, history_of
from domain.accounts.account import Account
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts, changed_fields
from domain.clients.client import Client, ClientEdits
from domain.clients.client_query import ClientQuery
from domain.creation import Creation, object_id_of
from domain.errors import Invalid, NotFound, ObjectKind, ResultGone
from domain.language import Language
from domain.naming import sort_key
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.rule import Rule

MOST_FOUND = 100
MOST_CLIENTS = 50_000
_NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class ClientPage:
    """`next` is the sort key and id of the last client, None on the last page."""

    items: Sequence[Client]
    next: tuple[str, UUID] | None


@dataclass(frozen=True)
class ManageClients:
    """Rules:

    - Consultants and admins of an organization share its clients.
    - A repeated request with the same key and content is the same client; other content under the key is refused, and
      so is a repetition when the client was erased or merged since.
    - A practice has at most 50,000 clients.
    - Searches ignore accents, case and kinds of apostrophes. Names are sorted by the language of the practice.
    - An archived client is not offered for new bookings; existing bookings stay, and the client can be restored.
    """

    begin: Begin
    clock: Clock
    most: int = MOST_CLIENTS

    async def add(self, actor: Account, key: UUID, name: str, email: str = "", phone: str = "") -> Client:
        """Raises Invalid, KeyReused, ResultGone."""
        now = self.clock.now()
        client = Client(actor.organization_id, object_id_of(key, now), name, email, phone)
        creation = Creation.of(actor.organization_id, key, client.requested, at=now)
        async with self.begin() as work:
            if earlier := await work.creations.add(creation):
                creation.must_repeat(earlier)
                return await self._added_before(work, actor, earlier)
            if await work.clients.reached(actor.organization_id, self.most):
                raise Invalid("name", Rule.PRACTICE_FULL, most=self.most)
            await work.clients.add(client)
            await work.audit_log.add(AuditEntry(actor.organization_id, client.id, now, Action.CLIENT_ADDED, actor.id))
            await work.commit()
        return client

    async def _added_before(self, work: UnitOfWork, actor: Account, earlier: Creation) -> Client:
        """Raises ResultGone."""
        found = await work.clients.named(actor.organization_id, [earlier.object_id], Language.ENGLISH)
        if not found or found[0].erased_at:
            raise ResultGone
        return found[0]

    async def one(self, actor: Account, client_id: UUID) -> Client:
        """Raises NotFound."""
        async with self.begin() as work:
            return await client_here(work, actor, client_id)

    async def named(self, actor: Account, client_ids: Sequence[UUID]) -> Sequence[Client]:
        """The clients of this organization among the ids, by name. Raises Invalid."""
        if len(client_ids) > MOST_FOUND:
            raise Invalid("ids", Rule.TOO_MANY_IDS, count=len(client_ids), most=MOST_FOUND)
        async with self.begin() as work:
            return await work.clients.named(actor.organization_id, client_ids, await _language(work, actor))

    async def with_email(self, actor: Account, email: str) -> Sequence[Client]:
        """All clients with this address, archived ones included."""
        async with self.begin() as work:
            return await work.clients.with_email(actor.organization_id, email.strip().lower())

    async def find(self, actor: Account, text: str) -> Sequence[Client]:
        """The best matches, at most a hundred."""
        async with self.begin() as work:
            query = ClientQuery(await _language(work, actor), text, most=MOST_FOUND)
            return await work.clients.find(actor.organization_id, query)

    async def page(
        self, actor: Account, text: str, *, archived: bool, after: tuple[str, UUID] | None, most: int
    ) -> ClientPage:
        """By name. Raises Invalid."""
        if not 1 <= most <= MOST_FOUND:
            raise Invalid("limit", Rule.PAGE_SIZE, most=MOST_FOUND)
        async with self.begin() as work:
            query = ClientQuery(await _language(work, actor), text, archived, after, most + 1)
            found = await work.clients.page(actor.organization_id, query)
        items, more = found[:most], len(found) > most
        return ClientPage(items, (sort_key(items[-1].name, query.language), items[-1].id) if more else None)

    async def correct(self, actor: Account, client_id: UUID, edits: ClientEdits) -> Client:
        """Raises NotFound, Invalid, ClientErased."""
        async with self.begin() as work:
            before = await client_to_change(work, actor, client_id)
            after = before.corrected(edits)
            facts = Facts(changed=changed_fields(before.differences(after)))
            return await self._saved(work, actor, before, after, Action.CLIENT_CORRECTED, facts)

    async def archive(self, actor: Account, client_id: UUID) -> Client:
        """Raises NotFound, ClientErased."""
        async with self.begin() as work:
            before = await client_to_change(work, actor, client_id)
            after = before.archived(now=self.clock.now())
            return await self._saved(work, actor, before, after, Action.CLIENT_ARCHIVED)

    async def restore(self, actor: Account, client_id: UUID) -> Client:
        """Raises NotFound, ClientErased."""
        async with self.begin() as work:
            before = await client_to_change(work, actor, client_id)
            return await self._saved(work, actor, before, before.restored(), Action.CLIENT_RESTORED)

    async def history(self, actor: Account, client_id: UUID) -> History:
        """Raises NotFound."""
        async with self.begin() as work:
            await client_here(work, actor, client_id)
            return await history_of(work, actor.organization_id, client_id)

    async def _saved(
        self,
        work: UnitOfWork,
        actor: Account,
        before: Client,
        after: Client,
        action: Action,
        facts: Facts = _NO_FACTS,
    ) -> Client:
        if after == before:
            return before
        await work.clients.save(after)
        entry = AuditEntry(actor.organization_id, after.id, self.clock.now(), action, actor.id)
        await work.audit_log.add(entry.with_facts(facts))
        await work.commit()
        return after


async def _language(work: UnitOfWork, actor: Account) -> Language:
    """The language whose order sorts names: the practice's, or the actor's until the practice has chosen one."""
    practice = await work.people.organization(actor.organization_id)
    return (practice and practice.language) or actor.language or Language.ENGLISH


async def client_here(work: UnitOfWork, actor: Account, client_id: UUID) -> Client:
    """Raises NotFound."""
    found = await work.clients.named(actor.organization_id, [client_id], Language.ENGLISH)
    if not found:
        raise NotFound(ObjectKind.CLIENT)
    return found[0]


async def client_to_change(work: UnitOfWork, actor: Account, client_id: UUID) -> Client:
    """Raises NotFound."""
    found = await work.clients.to_change(actor.organization_id, [client_id])
    if not found:
        raise NotFound(ObjectKind.CLIENT)
    return found[0]
