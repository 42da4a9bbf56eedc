"""Erases the data of a person's connections on request, and issues a receipt."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from application.access_tokens import AccessTokens
from application.security_events import record
from domain.accounts.account import Account
from domain.audit.endings import recorded_endings
from domain.booking.booking import Booking
from domain.connection.connection import Connection
from domain.connection.revocation import Ending, Revocation, revocation_after
from domain.erasure import Receipt
from domain.errors import NotFound, ObjectKind, ProviderError
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.providers import Providers
from domain.security.event import EventKind, SecurityEvent

MOST_RECEIPTS = 100


@dataclass(frozen=True)
class EraseConnection:
    """Rules:

    - The account's e-mail address selects the person; an admin erases in their own organization, the operator in any.
    - The authorization is revoked when the provider responds; the data are destroyed in any case. The receipt says how
      the authorization ended, and how many pending removals were not completed.
    - A provider that is no longer set up cannot be asked, and the receipt says so.
    - For a connection that ended before, the receipt repeats the end from the history: the history is destroyed too,
      and the app may still be installed there.
    - With `links`, the stored links of the person's past bookings are destroyed too. The bookings stay, and so do the
      links of upcoming ones: clients still need them.
    - The receipt counts the destroyed data and keeps a hash of the address, not the address.
    """

    begin: Begin
    providers: Providers
    access_tokens: AccessTokens
    clock: Clock

    async def __call__(self, actor: Account | None, email: str, *, links: bool) -> Receipt:
        """`actor` None is the operator at the command line. Raises NotAllowed, NotFound."""
        if actor:
            actor.must_be_admin()
        person = await self._person(actor, email)
        revocations = await self.revoke(person)
        now = self.clock.now()
        async with self.begin() as work:
            erased, endings = await self.destroy(work, person, revocations, links=links)
            receipt = Receipt(
                person.organization_id,
                uuid4(),
                hashlib.sha256(person.email.encode()).hexdigest(),
                now,
                actor.name if actor else "operator",
                dict(erased),
                endings,
            )
            await work.receipts.add(receipt)
            here, by = person.organization_id, actor.id if actor else None
            await record(work, SecurityEvent(EventKind.CONNECTION_ERASED, now, here, by, person.id))
            await work.commit()
        return receipt

    async def receipts(self, actor: Account) -> Sequence[Receipt]:
        """The newest hundred receipts of the actor's practice. Raises NotAllowed."""
        actor.must_be_admin()
        async with self.begin() as work:
            return await work.receipts.newest(actor.organization_id, most=MOST_RECEIPTS)

    async def find(self, actor: Account, receipt_id: UUID) -> Receipt:
        actor.must_be_admin()
        async with self.begin() as work:
            receipt = await work.receipts.find(actor.organization_id, receipt_id)
        if receipt is None:
            raise NotFound(ObjectKind.RECEIPT)
        return receipt

    async def _person(self, actor: Account | None, email: str) -> Account:
        async with self.begin() as work:
            found = await work.people.person_by_email(email.strip().lower())
        if found is None or (actor and found.organization_id != actor.organization_id):
            raise NotFound(ObjectKind.PERSON_BY_EMAIL)
        return found

    async def _endings(
        self, work: UnitOfWork, person: Account, revocations: Mapping[str, Revocation]
    ) -> dict[str, Ending]:
        endings = {}
        for name, revocation in revocations.items():
            host = person.host_at(name)
            bookings = await work.bookings.of_host(host, ending_after=None)
            endings[name] = Ending(revocation, sum(one.meetings_left_at(host) for one in bookings))
        return endings

    async def revoke(self, person: Account) -> dict[str, Revocation]:
        """Asks each connected provider, outside any unit of work."""
        async with self.begin() as work:
            connections = await work.connections.of_consultant(person.organization_id, person.id)
        return {one.provider: await self._revoked(one) for one in connections}

    async def _revoked(self, connection: Connection) -> Revocation:
        host = connection.host
        if host.provider not in self.providers:
            return Revocation.NOT_SET_UP
        try:
            await self.access_tokens.use(host, self.providers.serving(host.provider).oauth.revoke, removing=True)
        except ProviderError as error:
            return revocation_after(error)
        return Revocation.CONFIRMED

    async def destroy(
        self, work: UnitOfWork, person: Account, revocations: Mapping[str, Revocation], *, links: bool
    ) -> tuple[Counter[str], dict[str, Ending]]:
        """Call `revoke` first. Returns what was destroyed, and how each authorization ended."""
        ended = recorded_endings(await work.audit_log.of(person.organization_id, person.id))
        before = {name: one.revocation for name, one in ended.items()} | {**revocations}
        erased = await self._destroy(work, person, links, before=revocations.keys())
        return erased, await self._endings(work, person, before)

    async def _destroy(
        self, work: UnitOfWork, person: Account, links: bool, *, before: Collection[str]
    ) -> Counter[str]:
        """`before` names the providers that were connected: the webhook event of our own revocation may already have
        removed the connection."""
        here, who = person.organization_id, person.id
        connections = await work.connections.of_consultant(here, who)
        for connection in connections:
            await work.connections.remove(connection)
        erased = Counter(connections=len({*before, *(one.provider for one in connections)}))
        erased["authorization_requests"] = await work.authorization_requests.remove_of_account(here, who)
        erased["connect_links"] = await work.connect_links.remove_of_consultant(here, who)
        erased["history_entries"] = await work.audit_log.remove_of(here, who)
        erased["account_addresses"] = await self._forget_account_emails(work, person)
        erased["meeting_links"] = await self._destroy_links(work, person) if links else 0
        return erased

    async def _forget_account_emails(self, work: UnitOfWork, person: Account) -> int:
        """Erases the addresses that were stored with the meetings of ended connections. Returns how many."""
        return await self._change_all(work, person, lambda booking: booking.without_account_emails(person.id))

    async def _destroy_links(self, work: UnitOfWork, person: Account) -> int:
        now = self.clock.now()
        return await self._change_all(work, person, lambda booking: booking.without_links_of(person.id, now=now))

    async def _change_all(self, work: UnitOfWork, person: Account, change: Callable[[Booking], Booking]) -> int:
        """Changes the bookings with a meeting in any account of the person. Returns how many were changed."""
        now, count = self.clock.now(), 0
        for booking in await work.bookings.of_person(person.organization_id, person.id):
            changed = change(booking)
            if changed != booking:
                await work.bookings.save(changed, now=now)
                count += 1
        return count
