"""Makes a second factor obligatory in a practice, or leaves it to each person."""

from dataclasses import dataclass
from datetime import timedelta

from application.accounts.log_in import Visitor
from application.security_events import record
from domain.accounts.organization import Organization
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True)
class DemandSecondFactor:
    """Rules:

    - An admin whose own login has a second factor makes it obligatory, so that no admin locks themself out.
    - After the days of grace, a login without one may only set one up. A sign-in at the practice's identity provider
      counts as one.
    """

    begin: Begin
    clock: Clock

    async def __call__(self, visitor: Visitor, grace: timedelta | None) -> Organization:
        """`grace` None: it is up to each person. Raises NotAllowed, Invalid, SecondFactorNeeded."""
        actor, now = visitor.account, self.clock.now()
        actor.must_be_admin()
        here = actor.organization_id
        async with self.begin() as work:
            present = await work.people.organization(here)
            if present is None:
                raise NotFound(ObjectKind.PRACTICE)
            if grace is None:
                changed = present.not_demanding_second_factor()
                action, kind = Action.SECOND_FACTOR_OPTIONAL, EventKind.SECOND_FACTOR_OPTIONAL
            else:
                changed = present.demanding_second_factor(visitor.login_session, grace, now=now)
                action, kind = Action.SECOND_FACTOR_DEMANDED, EventKind.SECOND_FACTOR_DEMANDED
            if changed == present:
                return present
            await work.people.save_organization(changed)
            await work.audit_log.add(AuditEntry(here, here, now, action, actor_id=actor.id))
            await record(work, SecurityEvent(kind, now, here, actor.id))
            await work.commit()
        return changed
