"""Changes the roles of a person in the practice: admin, consultant, or both."""

from dataclasses import dataclass, replace
from uuid import UUID

from application.accounts.list_people import ListPeople, PersonStatus
from application.security_events import record
from domain.accounts.account import Account, Role
from domain.accounts.roles import with_roles
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.security.event import EventFacts, EventKind, SecurityEvent


@dataclass(frozen=True)
class ChangeRoles:
    """Rules:

    - Admins change the roles of every person in their practice, including their own. The practice keeps an admin.
    - A consultant with upcoming bookings or a connection stays a consultant: first reassign or cancel the bookings, and
      disconnect the provider.
    """

    begin: Begin
    people: ListPeople
    clock: Clock

    async def __call__(self, actor: Account, account_id: UUID, roles: frozenset[Role]) -> PersonStatus:
        """Raises NotAllowed, NotFound, Invalid, LastAdmin, SessionsToCome, StillConnected."""
        actor.must_be_admin()
        here, now = actor.organization_id, self.clock.now()
        async with self.begin() as work:
            everybody = await work.people.everybody_to_change(here)
            before = next((one for one in everybody if one.id == account_id), None)
            if before is None:
                raise NotFound(ObjectKind.PERSON)
            status = await self.people.one(work, before)
            after = with_roles(
                before,
                roles,
                other_admins=sum(1 for one in everybody if one.is_admin and one.id != account_id),
                coming=status.coming,
                connected_at=status.connected_at,
            )
            if after.roles != before.roles:
                await work.people.save_roles(after)
                facts = Facts(name=after.name, roles=tuple(sorted(after.roles)))
                await work.audit_log.add(
                    AuditEntry(here, here, now, Action.ROLES_CHANGED, actor.id, account_id).with_facts(facts)
                )
                changed = EventFacts(roles=tuple(sorted(after.roles)))
                await record(
                    work,
                    SecurityEvent(EventKind.ROLES_CHANGED, now, here, actor.id, account_id, facts=changed),
                )
                await work.commit()
        return replace(status, account=after)
