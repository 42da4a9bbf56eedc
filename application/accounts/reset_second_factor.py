"""Removes every second factor of a person who can no longer prove it."""

from dataclasses import dataclass
from uuid import UUID

from application.accounts.list_people import ListPeople, PersonStatus
from application.accounts.remove_second_factors import remove_second_factors
from application.security_events import record
from domain.accounts.account import Account
from domain.accounts.errors import OwnSecondFactor
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True)
class ResetSecondFactor:
    """Rules:

    - Admins reset the second factor of the other people of their practice, the operator that of any person.
    - Authenticator app, passkeys and recovery codes are removed, and every login of the person ends, because what was
      lost may be in other hands. The password stays.
    - Without a second factor nothing changes.
    """

    begin: Begin
    list_people: ListPeople
    clock: Clock

    async def __call__(self, actor: Account, account_id: UUID) -> PersonStatus:
        """Raises NotAllowed, NotFound, OwnSecondFactor."""
        actor.must_be_admin()
        if actor.id == account_id:
            raise OwnSecondFactor
        async with self.begin() as work:
            person = await work.people.account_to_change(actor.organization_id, account_id)
            if person is None:
                raise NotFound(ObjectKind.PERSON)
            if await self._reset(work, person, actor):
                await work.commit()
            return await self.list_people.one(work, person)

    async def by_operator(self, email: str) -> tuple[Account, bool]:
        """Returns the person, and whether there was a second factor. Raises NotFound."""
        async with self.begin() as work:
            found = await work.people.person_by_email(email.strip().lower())
            person = found and await work.people.account_to_change(found.organization_id, found.id)
            if person is None:
                raise NotFound(ObjectKind.PERSON_BY_EMAIL)
            changed = await self._reset(work, person, None)
            if changed:
                await work.commit()
        return person, changed

    async def _reset(self, work: UnitOfWork, person: Account, by: Account | None) -> bool:
        here, now, actor_id = person.organization_id, self.clock.now(), by.id if by else None
        if not (await work.second_factors.of_account(here, person.id)).any:
            return False
        await remove_second_factors(work, person)
        await work.login_sessions.remove_of_account(here, person.id)
        facts = Facts(name=person.name)
        await work.audit_log.add(
            AuditEntry(here, here, now, Action.SECOND_FACTOR_RESET, actor_id=actor_id, facts=facts)
        )
        await record(work, SecurityEvent(EventKind.SECOND_FACTOR_RESET, now, here, actor_id, person.id))
        return True
