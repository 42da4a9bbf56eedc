"""Erases the data of a person whose account has ended, and issues a receipt."""

import hashlib
from dataclasses import dataclass
from uuid import UUID, uuid4

from application.connection.erase_connection import EraseConnection
from application.security_events import record
from domain.accounts.account import Account
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.erasure import Receipt
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True)
class EraseAccount:
    """Rules:

    - Admins erase people of their practice, and the operator anybody, after the account has ended and when no upcoming
      booking is left.
    - What `EraseConnection` destroys is destroyed, the links of past bookings included.
    - Name and address are destroyed, here, in invitations and in the history of the practice. The address is free.
    - Past bookings, contact notes and histories stay, of a person without a name. The person cannot be brought back.
    - Receipts that the person asked for keep the name: they are evidence.
    - The receipt counts the destroyed data and keeps a hash of the address, not the address.
    """

    begin: Begin
    erase_connection: EraseConnection
    clock: Clock

    async def __call__(self, actor: Account, account_id: UUID) -> Receipt:
        """Raises NotAllowed, NotFound, AccountNotEnded, SessionsToCome."""
        actor.must_be_admin()
        async with self.begin() as work:
            person = await work.people.account(actor.organization_id, account_id)
        if person is None:
            raise NotFound(ObjectKind.PERSON)
        return await self._erase(actor, person)

    async def by_operator(self, email: str) -> Receipt:
        """Raises NotFound, AccountNotEnded, SessionsToCome."""
        async with self.begin() as work:
            person = await work.people.person_by_email(email.strip().lower())
        if person is None:
            raise NotFound(ObjectKind.PERSON_BY_EMAIL)
        return await self._erase(None, person)

    async def _erase(self, actor: Account | None, person: Account) -> Receipt:
        here, by, now = person.organization_id, actor.id if actor else None, self.clock.now()
        async with self.begin() as work:
            await self._erased(work, person)  # before the provider is asked to end anything
        revocations = await self.erase_connection.revoke(person)
        async with self.begin() as work:
            erased, endings = await self.erase_connection.destroy(work, person, revocations, links=True)
            nameless = await self._erased(work, person)
            erased["accounts"] = 1
            erased["history_names"], erased["invitations"] = await _forget_names(work, person)
            await work.people.save_erasure(nameless)
            await work.audit_log.add(AuditEntry(here, here, now, Action.ACCOUNT_ERASED, by, person.id))
            await record(work, SecurityEvent(EventKind.ACCOUNT_ERASED, now, here, by, person.id))
            email_hash = hashlib.sha256(person.email.encode()).hexdigest()
            receipt = Receipt(
                here, uuid4(), email_hash, now, actor.name if actor else "operator", dict(erased), endings
            )
            await work.receipts.add(receipt)
            await work.commit()
        return receipt

    async def _erased(self, work: UnitOfWork, person: Account) -> Account:
        """Locks the account: it may be restored, or get a booking, at the same time."""
        here = person.organization_id
        everybody = await work.people.everybody_to_change(here)
        present = next((one for one in everybody if one.id == person.id), None)
        if present is None:
            raise NotFound(ObjectKind.PERSON)
        coming = await work.bookings.coming(here, now=self.clock.now())
        return present.erase(coming=coming.get(person.id, 0))


async def _forget_names(work: UnitOfWork, person: Account) -> tuple[int, int]:
    """How many entries of the history named the person, and how many invitations there were."""
    here = person.organization_id
    invited = [one for one in await work.invitations.of_organization(here) if one.email == person.email]
    for invitation in invited:
        await work.invitations.remove(invitation)
    names = {person.name, *(one.name for one in invited)}
    return await work.audit_log.forget_person(here, person.id, names), len(invited)
