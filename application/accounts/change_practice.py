"""Changes the practice's settings: its name, time zone, language, and how long logins last without use."""

from dataclasses import dataclass

from application.read_history import History, history_of
from application.security_events import record
from domain.accounts.account import Account
from domain.accounts.organization import Organization, PracticeSettings
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts, changed_fields
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True)
class ChangePractice:
    """Rules:

    - Admins change their own practice; settings that are not sent stay.
    - A shorter idle time holds for the present login sessions too. Its change is in the security log.
    - People whose own zone was the practice's get the practice's new one.
    """

    begin: Begin
    clock: Clock

    async def __call__(self, actor: Account, wanted: PracticeSettings) -> Organization:
        """Raises NotAllowed, Invalid."""
        actor.must_be_admin()
        here = actor.organization_id
        async with self.begin() as work:
            present = await work.people.organization(here)
            if present is None:
                raise NotFound(ObjectKind.PRACTICE)
            changed = present.changed(wanted)
            if changed == present:
                return present
            await work.people.save_organization(changed)
            if changed.zone != present.zone:
                await work.people.follow_zone(here, present.zone, changed.zone)
            if changed.idle_minutes != present.idle_minutes:
                await record(work, SecurityEvent(EventKind.IDLE_TIME_CHANGED, self.clock.now(), here, actor.id))
            facts = Facts(changed=changed_fields(present.differences(changed)))
            await work.audit_log.add(
                AuditEntry(here, here, self.clock.now(), Action.PRACTICE_CHANGED, actor_id=actor.id, facts=facts)
            )
            await work.commit()
        return changed

    async def history(self, actor: Account) -> History:
        """The history of the practice and of its people. Raises NotAllowed."""
        actor.must_be_admin()
        async with self.begin() as work:
            return await history_of(work, actor.organization_id, actor.organization_id)
