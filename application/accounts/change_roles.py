"""Lists the people of a practice, and changes their roles: admin, consultant, or both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.security_events import record
from domain.accounts.account import Account, Role
from domain.accounts.roles import with_roles
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.providers import Providers
from domain.security.event import EventFacts, EventKind, SecurityEvent


@dataclass(frozen=True, slots=True)
class PersonStatus:
    """`coming`: the person's planned bookings that are not over. `connected_at`: the labels of the providers."""

    account: Account
    coming: int
    connected_at: tuple[str, ...]


@dataclass(frozen=True)
class ChangeRoles:
    """Rules:

    - Admins change the roles of every person in their practice, including their own. The practice keeps an admin.
    - A consultant with upcoming bookings or a connection stays a consultant: first reassign or cancel the bookings, and
      disconnect the provider.
    """

    begin: Begin
    providers: Providers
    clock: Clock

    async def people(self, actor: Account) -> Sequence[PersonStatus]:
        """All people of the practice, by name. Raises NotAllowed."""
        actor.must_be_admin()
        here = actor.organization_id
        async with self.begin() as work:
            everybody = await work.people.everybody(here)
            coming = await work.bookings.coming(here, now=self.clock.now())
            connections = await work.connections.of_organization(here)
        places = [(one.consultant_id, one.provider) for one in connections]
        return [
            PersonStatus(one, coming.get(one.id, 0), self._labels(p for who, p in places if who == one.id))
            for one in everybody
        ]

    async def __call__(self, actor: Account, account_id: UUID, roles: frozenset[Role]) -> PersonStatus:
        """Raises NotAllowed, NotFound, Invalid, LastAdmin, SessionsToCome, StillConnected."""
        actor.must_be_admin()
        here, now = actor.organization_id, self.clock.now()
        async with self.begin() as work:
            everybody = await work.people.everybody_to_change(here)
            before = next((one for one in everybody if one.id == account_id), None)
            if before is None:
                raise NotFound(ObjectKind.PERSON)
            status = await self._status(work, before)
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
        return PersonStatus(after, status.coming, status.connected_at)

    async def _status(self, work: UnitOfWork, account: Account) -> PersonStatus:
        here = account.organization_id
        coming = await work.bookings.coming(here, now=self.clock.now())
        connections = await work.connections.of_consultant(here, account.id)
        return PersonStatus(account, coming.get(account.id, 0), self._labels(one.provider for one in connections))

    def _labels(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(map(self.providers.label, names)))
