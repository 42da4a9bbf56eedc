"""Brings back a person whose account has ended."""

from dataclasses import dataclass
from uuid import UUID

from application.accounts.list_people import ListPeople, PersonStatus
from application.security_events import record
from domain.accounts.account import Account
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.security.event import EventFacts, EventKind, SecurityEvent


@dataclass(frozen=True)
class RestoreAccount:
    """Rules:

    - Admins bring back people of their practice, and the operator anybody. Restoring again changes nothing.
    - The roles are those of before. The old password stays void: the person signs in only with a password chosen with a
      new reset link.
    - Connections do not come back: the consultant connects again.
    """

    begin: Begin
    people: ListPeople
    clock: Clock

    async def __call__(self, actor: Account, account_id: UUID) -> PersonStatus:
        """Raises NotAllowed, NotFound."""
        actor.must_be_admin()
        return await self._restore(actor.organization_id, actor.id, account_id)

    async def by_operator(self, email: str) -> PersonStatus:
        """Raises NotFound."""
        async with self.begin() as work:
            person = await work.people.person_by_email(email.strip().lower())
        if person is None:
            raise NotFound(ObjectKind.PERSON_BY_EMAIL)
        return await self._restore(person.organization_id, None, person.id)

    async def _restore(self, here: UUID, actor_id: UUID | None, account_id: UUID) -> PersonStatus:
        now = self.clock.now()
        async with self.begin() as work:
            everybody = await work.people.everybody_to_change(here)
            before = next((one for one in everybody if one.id == account_id), None)
            if before is None:
                raise NotFound(ObjectKind.PERSON)
            after = before.restore()
            if before.ended:
                await work.people.save_ending(after)
                entry = AuditEntry(here, here, now, Action.ACCOUNT_RESTORED, actor_id, account_id)
                await work.audit_log.add(entry.with_facts(Facts(name=after.name)))
                facts = EventFacts(roles=tuple(sorted(after.roles)))
                event = SecurityEvent(EventKind.ACCOUNT_RESTORED, now, here, actor_id, account_id, facts=facts)
                await record(work, event)
            status = await self.people.one(work, after)
            await work.commit()
        return status
